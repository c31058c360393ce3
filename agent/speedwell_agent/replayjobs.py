"""The jobs of a replay by name: run the original and keep what it did, run it again, check a rewrite, try others."""

from .checkjob import check
from .mutantjob import mutant
from .originaljobs import again, expect
from .screenjob import screen

JOBS = {"expect": expect, "again": again, "check": check, "mutant": mutant, "screen": screen}
