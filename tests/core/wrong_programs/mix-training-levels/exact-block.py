import random


def training_levels(n, share, rng):
    """Put exactly the share at the front, then shuffle, instead of drawing for each level."""
    count = round(n * share)
    levels = ["random"] * count + ["end"] * (n - count)
    rng.shuffle(levels)
    return levels


print(training_levels(8, 0.5, random.Random(1)))
