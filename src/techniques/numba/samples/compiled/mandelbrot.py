import sys

WIDTH = 60


def escape_time(re, im, limit):
    z_re = 0.0
    z_im = 0.0
    for n in range(limit):
        if z_re * z_re + z_im * z_im > 4.0:
            return n
        z_re, z_im = z_re * z_re - z_im * z_im + re, 2.0 * z_re * z_im + im
    return limit


def picture(limit):
    return [[escape_time(-2.0 + 3.0 * x / WIDTH, -1.0 + y / 10.0, limit) for x in range(WIDTH)] for y in range(20)]


for row in picture(80):
    sys.stdout.write("".join(chr(32 + n % 90) for n in row) + "\n")
