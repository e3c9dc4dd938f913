def outcome_rates(episodes):
    """Divide by the episodes that got somewhere, not by all of them."""
    arrived = [outcome for outcome in episodes if outcome != "failed"]
    if not arrived:
        return {"coin": 0.0, "old place": 0.0, "failed": 0.0}
    return {
        "coin": arrived.count("coin") / len(arrived),
        "old place": arrived.count("old place") / len(arrived),
        "failed": (len(episodes) - len(arrived)) / len(episodes),
    }


print(outcome_rates(["coin", "coin", "old place", "failed"]))
