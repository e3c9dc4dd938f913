"""Properties hold however long an example takes: this machine may be busy."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("golden", deadline=None)
settings.load_profile("golden")
