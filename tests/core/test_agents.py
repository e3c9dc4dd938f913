"""The agent: its inputs, its arithmetic, how it learns, and that training plays the same game."""

from __future__ import annotations

import ast
import hashlib
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lessonlab
from lessonlab.agents import DEFAULT_GROUPS, GROUPS, Agent, FeatureError, Rates, group_sizes
from lessonlab.agents.exponential import EXP_TABLE, RATIO, STEPS, exp_negative
from lessonlab.agents.features import Features
from lessonlab.agents.learner import play_and_learn, update
from lessonlab.agents.walk import Step, walk
from lessonlab.worlds import MAZE, NO_MOVE, RUN, Environment, World, level_from_seed, observe
from lessonlab.worlds.chance import numbers

CORE = Path(lessonlab.__file__).parent
WORLDS = st.sampled_from([RUN, MAZE])
SEEDS = st.integers(min_value=0, max_value=10_000)


def trained(world: World, groups: frozenset[str] = DEFAULT_GROUPS) -> Agent:
    """Return an agent with some weights on everything; how good it is does not matter."""
    agent = Agent(world, groups)
    draw = numbers(5)
    for _ in range(400):
        play_and_learn(agent, world.draw(draw, "random"), draw, Rates())
    return agent


AGENTS = {
    (world.name, name): trained(world, groups)
    for world in (RUN, MAZE)
    for name, groups in {
        "default": DEFAULT_GROUPS,
        "all": frozenset(GROUPS),
        "without walls and pits": frozenset({"bias", "coin_blurred"}),
        "nothing": frozenset[str](),
    }.items()
}


def test_the_room_has_411_inputs_by_default() -> None:
    assert Agent(RUN).features.size == 411
    sizes = group_sizes(7, 11)
    assert [sizes[name] for name in GROUPS] == [1, 80, 4, 11, 7, 273, 35, 6]


@given(world=WORLDS, seed=SEEDS, data=st.data())
def test_six_to_eight_inputs_are_on(world: World, seed: int, data: st.DataObject) -> None:
    level = level_from_seed(world, seed, "random")
    cell = data.draw(st.sampled_from(level.free_cells()))
    last = data.draw(st.integers(0, NO_MOVE))
    features = Agent(world).features
    active = features.active(observe(level, cell, last))
    assert len(set(active)) == len(active)
    groups = [features.group_of(index) for index in active if features.group_of(index) != "pits"]
    assert groups == ["bias", "column", "row", "walls", "coin_sharp", "coin_blurred"]
    assert len(active) <= 8
    hidden = features.active(observe(level, cell, last, hidden=True))
    assert hidden == tuple(i for i in active if not features.group_of(i).startswith("coin"))


@pytest.mark.parametrize("world", [RUN, MAZE], ids=lambda world: world.name)
def test_every_input_means_one_thing_and_every_index_is_used(world: World) -> None:
    features = Features(world.height, world.width, frozenset(GROUPS))
    height, width = world.height, world.width
    level = level_from_seed(world, 1)
    offsets = [(d, r) for d in range(1 - height, height) for r in range(1 - width, width)]
    seen = observe(level, level.start)
    on = {
        offset: set(features.active(type(seen)(seen.cell, seen.walls, seen.pits, offset, 4)))
        - set(features.active(type(seen)(seen.cell, seen.walls, seen.pits, None, 4)))
        for offset in offsets
    }
    starts = features.starts
    sharp = {min(on[offset] - set(range(starts["coin_sharp"]))) for offset in offsets}
    assert len(sharp) == len(offsets)
    used = {i for indices in on.values() for i in indices}
    assert used == set(range(starts["coin_sharp"], features.size))
    near = {min(on[d, r] & set(range(starts["coin_blurred"], starts["coin_sign"])))
            for d in (-1, 0, 1) for r in (-1, 0, 1)}  # fmt: skip
    assert len(near) == 1


def test_an_unknown_group_is_named() -> None:
    with pytest.raises(FeatureError, match="there is no group 'smell', only bias, walls"):
        Agent(RUN, frozenset({"smell"}))


def test_the_table_is_the_exponential() -> None:
    assert math.exp(-1 / STEPS) == RATIO
    for index, entry in enumerate(EXP_TABLE):
        assert math.isclose(entry, math.exp(-index / STEPS), rel_tol=1e-12)


@given(st.floats(min_value=0, max_value=100))
def test_the_exponential_is_off_by_one_step_of_the_table_at_most(x: float) -> None:
    assert math.exp(-x) - 1e-20 <= exp_negative(x) <= math.exp(-x) / RATIO * (1 + 1e-12)


def test_an_untrained_agent_chooses_evenly() -> None:
    level = level_from_seed(RUN, 1)
    agent = Agent(RUN)
    assert agent.probabilities(observe(level, level.start)) == (0.25, 0.25, 0.25, 0.25)
    assert agent.predicted_reward(observe(level, level.start)) == 0.0
    assert agent.best_action(observe(level, level.start)) == 0


def test_the_chances_are_those_of_the_scores() -> None:
    level = level_from_seed(RUN, 3, "random")
    agent = AGENTS["run", "default"]
    seen = observe(level, level.start)
    scores = agent.scores(seen)
    chances = agent.probabilities(seen)
    total = math.fsum(math.exp(score) for score in scores)
    for score, chance in zip(scores, chances, strict=True):
        assert math.isclose(chance, math.exp(score) / total, rel_tol=0.02)
    draw = numbers(1)
    chosen = [agent.choose(seen, draw) for _ in range(4000)]
    for action, chance in enumerate(chances):
        assert abs(chosen.count(action) / 4000 - chance) < 0.04
    assert agent.best_action(seen) == max(range(4), key=scores.__getitem__)


def test_the_hash_covers_every_weight() -> None:
    agent = Agent(RUN)
    assert agent.weights_sha256() == hashlib.sha256(bytes(8 * 5 * 411)).hexdigest()
    before = agent.weights_sha256()
    for row in (*agent.policy, agent.value):
        row[-1] = 1.0
        assert agent.weights_sha256() != before
        row[-1] = 0.0


ALLOWED_OF_MATH = {"isfinite"}


@pytest.mark.parametrize(
    "path",
    sorted(p for part in ("worlds", "agents", "experiments") for p in (CORE / part).glob("*.py")),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_nothing_is_used_whose_last_bit_differs_between_pythons(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name):
            assert node.id not in {"sum", "pow", "hash"}, f"line {node.lineno}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert node.value.id != "math" or node.attr in ALLOWED_OF_MATH, f"line {node.lineno}"
            assert node.value.id != "random" or node.attr == "Random", f"line {node.lineno}"
        assert not isinstance(node, ast.Pow), "a power of floats comes from the C library"


@given(kind=st.sampled_from(sorted(AGENTS)), seed=SEEDS, hidden=st.booleans())
def test_a_walk_is_an_episode_of_the_environment(
    kind: tuple[str, str],
    seed: int,
    hidden: bool,  # noqa: FBT001 - an example, not an interface
) -> None:
    agent = AGENTS[kind]
    level = level_from_seed(agent.world, seed, "random")
    steps: list[Step] = []
    ended = walk(agent, level.to_board(), numbers(seed), hidden=hidden, steps=steps)

    environment, draw = Environment(agent.world), numbers(seed)
    seen, info = environment.reset(options={"level": level, "hidden": hidden})
    for active, action, *odds_and_scores in steps:
        assert "outcome" not in info
        assert active == agent.features.active(seen)
        assert tuple(odds_and_scores[4:]) == agent.scores(seen)
        assert action == agent.choose(seen, draw)
        seen, _, _, _, info = environment.step(action)
    assert info.get("outcome") == ended


def objective(z: list[float], action: int, surprise: float, bonus: float) -> float:
    """What one step of learning climbs: the action's log chance, and the entropy."""
    total = math.fsum(math.exp(score) for score in z)
    chances = [math.exp(score) / total for score in z]
    entropy = -math.fsum(p * math.log(p) for p in chances)
    return surprise * math.log(chances[action]) + bonus * entropy


@given(
    z=st.lists(st.floats(-3, 3), min_size=4, max_size=4),
    action=st.integers(0, 3),
    reward=st.sampled_from([0.0, 1.0]),
)
def test_an_update_follows_the_gradient(z: list[float], action: int, reward: float) -> None:
    agent = Agent(RUN)
    agent.value[0] = 0.25
    rates = Rates(policy=0.3, value=0.1, entropy=0.05)
    odds = [math.exp(score - max(z)) for score in z]
    update(agent, [((0,), action, *odds, *z)], reward, rates)  # type: ignore[list-item]
    for i in range(4):
        up, down = list(z), list(z)
        up[i] += 1e-5
        down[i] -= 1e-5
        slope = (
            objective(up, action, reward - 0.25, 0.05)
            - objective(down, action, reward - 0.25, 0.05)
        ) / 2e-5
        assert math.isclose(agent.policy[i][0], 0.3 * slope, abs_tol=1e-6)
    assert math.isclose(agent.value[0], 0.25 + 0.1 * (reward - 0.25))


def test_a_reward_counts_less_the_later_it_comes() -> None:
    agent = Agent(RUN)
    even = (1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0)
    update(agent, [((0,), 1, *even), ((1,), 1, *even), ((2,), 1, *even)], 1.0, Rates())
    expected = [0.1 * RUN.discount * RUN.discount, 0.1 * RUN.discount, 0.1]
    for found, wanted in zip(agent.value[:3], expected, strict=True):
        assert math.isclose(found, wanted)


def test_the_prediction_is_computed_anew_at_each_step() -> None:
    agent = Agent(RUN)
    even = (1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0)
    rates = Rates(value=0.5)
    update(agent, [((0,), 1, *even), ((0,), 1, *even)], 1.0, rates)
    assert math.isclose(agent.value[0], 0.5 + 0.5 * (RUN.discount - 0.5))


def test_values_stay_finite_at_the_highest_rate_offered() -> None:
    agent, draw = Agent(MAZE), numbers(3)
    for _ in range(1500):
        play_and_learn(agent, MAZE.draw(draw, "random"), draw, Rates(policy=0.6))
    weights = [weight for row in (*agent.policy, agent.value) for weight in row]
    assert max(map(abs, weights)) < 50
