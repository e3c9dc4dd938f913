import random


def training_levels(n, share, rng):
    """Draw once before the loop, so that all levels come out alike."""
    word = "random" if rng.random() < share else "end"
    return [word for _ in range(n)]


print(training_levels(8, 0.5, random.Random(1)))
