"""Randomness from outside during a replay: `os.urandom` and what draws its seed there get a fixed stream.

So a program that seeds nothing does the same in every replay, and two versions of it can be held against each other.
"""

import hashlib
import os
import random
import sys


class Entropy:
    """`with entropy:` around an execution; `drawn` tells whether it asked for randomness from outside."""

    def __init__(self, salt=0):
        self.salt = salt
        self.drawn = False
        self._count = 0
        if "numpy" in sys.modules:
            import numpy.random  # noqa: F401  # on its first use it draws a seed

    def __enter__(self):
        self.drawn, self._count = False, 0
        self._kept = os.urandom, random._urandom, random.Random.seed, random.seed
        entropy, plain = self, random.Random.seed

        def seed(generator, a=None, version=2):
            if a is None:
                a = int.from_bytes(entropy._bytes(32), "big")
            return plain(generator, a, version)

        os.urandom = random._urandom = self._bytes
        random.Random.seed = seed
        random.seed = random._inst.seed

    def __exit__(self, *_):
        os.urandom, random._urandom, random.Random.seed, random.seed = self._kept

    def _bytes(self, size):
        self.drawn = True
        made = b""
        while len(made) < size:
            made += hashlib.sha256(b"%d %d" % (self.salt, self._count)).digest()
            self._count += 1
        return made[:size]
