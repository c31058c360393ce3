"""Spheres on a plane, one ray a pixel, with classes. In the manner of pyperformance's raytrace."""

import math


class Vector:
    def __init__(self, x, y, z):
        self.x, self.y, self.z = x, y, z

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def minus(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def plus(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def times(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def unit(self):
        return self.times(1.0 / math.sqrt(self.dot(self)))


class Sphere:
    def __init__(self, centre, radius, shade):
        self.centre, self.radius, self.shade = centre, radius, shade

    def distance(self, origin, direction):
        to = self.centre.minus(origin)
        along = to.dot(direction)
        rest = self.radius**2 - (to.dot(to) - along * along)
        if rest < 0.0:
            return None
        near = along - math.sqrt(rest)
        return near if near > 1e-6 else None

    def normal(self, point):
        return point.minus(self.centre).unit()


def brightness(spheres, light, origin, direction, depth):
    nearest, hit = None, None
    for sphere in spheres:
        distance = sphere.distance(origin, direction)
        if distance is not None and (nearest is None or distance < nearest):
            nearest, hit = distance, sphere
    if hit is None:
        return 0.2 + 0.3 * abs(direction.y)
    point = origin.plus(direction.times(nearest))
    normal = hit.normal(point)
    lit = max(0.0, normal.dot(light.minus(point).unit()))
    value = hit.shade * lit
    if depth > 0:
        mirrored = direction.minus(normal.times(2.0 * direction.dot(normal)))
        value = 0.7 * value + 0.3 * brightness(spheres, light, point, mirrored, depth - 1)
    return value


def render(width, height):
    spheres = [Sphere(Vector(1.5 * k - 3.0, 0.4 * (k % 3), 6.0 + k), 1.0, 0.5 + 0.1 * k) for k in range(5)]
    light = Vector(-5.0, 8.0, -4.0)
    eye = Vector(0.0, 0.5, -3.0)
    rows = []
    for j in range(height):
        row = []
        for i in range(width):
            direction = Vector((i - width / 2) / width, (height / 2 - j) / width, 1.0).unit()
            row.append(brightness(spheres, light, eye, direction, 2))
        rows.append(row)
    return rows


if __name__ == "__main__":
    picture = render(900, 640)
    print(f"{sum(map(sum, picture)):.6f}", f"{max(map(max, picture)):.6f}")
