"""Settings for all tests of the core."""

from __future__ import annotations

from hypothesis import settings

# A law has no time limit: the machine may be busy with another part of the suite. Derandomized,
# so that a red run can be repeated.
settings.register_profile("core", deadline=None, derandomize=True)
settings.load_profile("core")
