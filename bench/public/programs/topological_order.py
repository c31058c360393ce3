"""In which order to build packages: those without open requirements first, found by scanning lists."""

import random


def build_order(requirements):
    waiting = list(requirements)
    done = []
    while waiting:
        ready = [package for package in waiting if all(needed in done for needed in requirements[package])]
        if not ready:
            raise ValueError("the requirements form a ring")
        for package in ready:
            done.append(package)
            waiting.remove(package)
    return done


if __name__ == "__main__":
    rng = random.Random(17)
    names = [f"package-{k}" for k in range(3000)]
    requirements = {}
    for k, name in enumerate(names):
        nearby = names[max(0, k - 200) : k]
        requirements[name] = rng.sample(nearby, min(len(nearby), rng.randint(0, 3)))
    shuffled = list(requirements.items())
    rng.shuffle(shuffled)
    order = build_order(dict(shuffled))
    print(len(order), order[:3], order[-3:])
