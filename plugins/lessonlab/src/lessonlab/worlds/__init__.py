"""Gridworlds whose levels are drawn at random: the room `run` and the maze `maze`.

`find(name)` returns a world, `level_from_seed` a level of it, `Environment` plays it.
"""

from lessonlab.worlds.environment import Environment, Info, Observation, observe
from lessonlab.worlds.grid import MOVES, NO_MOVE, Cell
from lessonlab.worlds.level import Level, WorldError
from lessonlab.worlds.maze import MAZE
from lessonlab.worlds.run import RUN
from lessonlab.worlds.world import Region, World, find, level_from_seed, names, register

__all__ = [
    "MAZE",
    "MOVES",
    "NO_MOVE",
    "RUN",
    "Cell",
    "Environment",
    "Info",
    "Level",
    "Observation",
    "Region",
    "World",
    "WorldError",
    "find",
    "level_from_seed",
    "names",
    "observe",
    "register",
]
