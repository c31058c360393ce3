import math

STIFFNESS = 3.5


class Ball:
    def __init__(self, x, y):
        self.x = x
        self.y = y
        self.speed = 0.0


def pull(distance):
    return STIFFNESS * (distance - 1.0)


def swing(balls, steps, dt):
    for _ in range(steps):
        for ball in balls:
            distance = math.sqrt(ball.x * ball.x + ball.y * ball.y)
            ball.speed -= pull(distance) * dt
            ball.x += ball.speed * dt
    return len(balls)


balls = [Ball(1.0, 0.5), Ball(-2.0, 1.5)]
swing(balls, 10, 0.01)
print([(ball.x, ball.speed) for ball in balls])
