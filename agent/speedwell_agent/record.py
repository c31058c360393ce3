"""Record a program."""
import json
from .launch import run_program


def main(args):
    with open(args[0], encoding="utf-8") as file:
        spec = json.load(file)
    run_program(spec["program"])
