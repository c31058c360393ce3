"""By hand: what is done in a set, what waits filtered once a round."""


def build_order(requirements):
    waiting = list(requirements)
    done = []
    finished = set()
    while waiting:
        ready = [package for package in waiting if all(needed in finished for needed in requirements[package])]
        if not ready:
            raise ValueError("the requirements form a ring")
        done.extend(ready)
        finished.update(ready)
        waiting = [package for package in waiting if package not in finished]
    return done
