def outcome_rates(episodes):
    """Leave out the outcomes that did not occur."""
    rates = {}
    for outcome in episodes:
        rates[outcome] = rates.get(outcome, 0) + 1 / len(episodes)
    return rates


print(outcome_rates(["coin", "coin", "old place", "failed"]))
