"""A service asked once a tenth of a second: the time is spent waiting, as the service wants it."""

import time

for k in range(25):
    time.sleep(0.1)
    if k % 5 == 0:
        print("asked", k)
