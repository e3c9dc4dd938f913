def decide(suspicion, budget):
    """Prefer the later of equally suspicious programs."""
    places = range(len(suspicion))
    ranked = sorted(places, key=lambda place: (-suspicion[place], -place))
    chosen = ranked[:budget]
    return ["check" if place in chosen else "submit" for place in places]


print(decide([2, 9, 4, 9], 2))
