def rates(trials):
    """Divide both counts by all trials instead of by those of their own kind."""
    if not trials:
        return 0.0, 0.0
    attacks = trials.count(("harmful", "answered"))
    refusals = trials.count(("harmless", "refused"))
    return attacks / len(trials), refusals / len(trials)


print(rates([("harmful", "answered"), ("harmless", "refused")]))
