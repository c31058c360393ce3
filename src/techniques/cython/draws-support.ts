// The Mersenne Twister of Python's `random` in C: from the state of a generator, through the same numbers, and back.

import type { Support } from "./support.ts";

export const drawsSupports: Readonly<Record<string, Support>> = {
  Draws: {
    text: `cdef class Draws:
    """The state of a generator of random numbers."""
    cdef unsigned int state[624]
    cdef int place
    cdef object version, spare`,
  },
  draws_from: {
    needs: ["Draws"],
    imports: ["from random import Random"],
    text: `cdef Draws draws_from(object generator):
    cdef int k
    cdef Draws draws = Draws()
    if type(generator) is not Random:
        raise TypeError
    draws.version, words, draws.spare = generator.getstate()
    for k in range(624):
        draws.state[k] = words[k]
    draws.place = words[624]
    return draws`,
  },
  draws_of: {
    needs: ["draws_from"],
    text: `cdef Draws draws_of(object generator, dict made):
    """What stands for the generator; one for one."""
    if id(generator) not in made:
        made[id(generator)] = generator, None, draws_from(generator)
    return made[id(generator)][2]`,
  },
  draws_shared: {
    needs: ["draws_of"],
    imports: ["import random as python_random"],
    text: `cdef Draws shared_draws = None


cdef int draws_shared(dict made, tuple verbs) except -1:
    """Take up the generator that the functions of the module share."""
    global shared_draws
    for verb in verbs:
        if getattr(python_random, verb).__self__ is not python_random._inst:
            raise TypeError
    shared_draws = draws_of(python_random._inst, made)
    return 0`,
  },
  draws_back: {
    needs: ["Draws"],
    text: `cdef int draws_back(dict made) except -1:
    """The generators go on from where what stands for them is."""
    cdef int k
    cdef Draws draws
    for generator, _, result in made.values():
        if type(result) is Draws:
            draws = result
            words = tuple([draws.state[k] for k in range(624)]) + (draws.place,)
            generator.setstate((draws.version, words, draws.spare))
    return 0`,
  },
  draws_word: {
    needs: ["Draws"],
    text: `cdef long long draws_word(Draws draws) except -1:
    """The next 32 bits."""
    cdef int k
    cdef unsigned long long y
    if draws.place >= 624:
        for k in range(624):
            y = (draws.state[k] & 0x80000000ULL) | (draws.state[(k + 1) % 624] & 0x7fffffffULL)
            draws.state[k] = draws.state[(k + 397) % 624] ^ (y >> 1) ^ (0x9908b0dfULL if y & 1 else 0)
        draws.place = 0
    y = draws.state[draws.place]
    draws.place += 1
    y ^= y >> 11
    y ^= (y << 7) & 0x9d2c5680ULL
    y ^= (y << 15) & 0xefc60000ULL
    y ^= y >> 18
    return y`,
  },
  draws_random: {
    needs: ["draws_word"],
    text: `cdef inline double draws_random(Draws draws) except? -1:
    cdef double high = draws_word(draws) >> 5
    return (high * 67108864.0 + (draws_word(draws) >> 6)) * (1.0 / 9007199254740992.0)`,
  },
  draws_uniform: {
    needs: ["draws_random"],
    text: `cdef inline double draws_uniform(Draws draws, double a, double b) except? -1:
    return a + (b - a) * draws_random(draws)`,
  },
  draws_gauss: {
    needs: ["draws_random"],
    imports: ["from libc.math cimport cos as c_cos, log as c_log, sin as c_sin, sqrt as c_sqrt"],
    text: `cdef double draws_gauss(Draws draws, double mu, double sigma) except? -1:
    cdef double angle, radius, z
    if draws.spare is None:
        angle = draws_random(draws) * ${2 * Math.PI}
        radius = c_sqrt(-2.0 * c_log(1.0 - draws_random(draws)))
        z = c_cos(angle) * radius
        draws.spare = c_sin(angle) * radius
    else:
        z = draws.spare
        draws.spare = None
    return mu + z * sigma`,
  },
  draws_expovariate: {
    needs: ["draws_random"],
    imports: ["from libc.math cimport log as c_log"],
    text: `cdef double draws_expovariate(Draws draws, double rate) except? -1:
    return -c_log(1.0 - draws_random(draws)) / rate`,
  },
  draws_below: {
    needs: ["draws_word"],
    text: `cdef long long draws_below(Draws draws, long long n) except -1:
    cdef int bits = 0
    cdef long long drawn
    if not 0 < n < 4294967296LL:
        raise OverflowError
    while n >> bits:
        bits += 1
    drawn = draws_word(draws) >> (32 - bits)
    while drawn >= n:
        drawn = draws_word(draws) >> (32 - bits)
    return drawn`,
  },
  draws_between: {
    needs: ["draws_below"],
    text: `cdef inline long long draws_between(Draws draws, long long start, long long stop) except? -1:
    return start + draws_below(draws, stop - start)`,
  },
};
