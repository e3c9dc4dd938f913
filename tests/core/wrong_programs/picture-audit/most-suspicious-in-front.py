def decide(suspicion, budget):
    """Return the words in order of suspicion instead of the order of the list."""
    ranked = sorted(suspicion, reverse=True)
    return ["check" if place < budget else "submit" for place in range(len(ranked))]


print(decide([2, 9, 4, 9], 2))
