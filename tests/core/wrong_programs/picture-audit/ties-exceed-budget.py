def decide(suspicion, budget):
    """Check everything as suspicious as the last one that fits, so equal ones exceed the budget."""
    kept = sorted(suspicion, reverse=True)[:budget]
    return ["check" if kept and value >= kept[-1] else "submit" for value in suspicion]


print(decide([2, 9, 4, 9], 2))
