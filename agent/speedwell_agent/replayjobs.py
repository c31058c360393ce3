"""The jobs of a replay by name: run the original and keep what it did, run it again, check a rewrite, look for inputs
that it makes necessary, try others."""

from .checkjob import check
from .explorejob import explore
from .mutantjob import mutants
from .originaljobs import again, expect
from .samplejob import sample
from .screenjob import screen
from .witnessjob import witness

JOBS = {"expect": expect, "again": again, "check": check, "explore": explore, "mutants": mutants,
        "sample": sample, "screen": screen, "witness": witness}  # fmt: skip
