"""The part of Speedwell that runs inside the user's Python. Standard library only, CPython 3.9 to 3.14."""
