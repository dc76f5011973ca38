"""Imports that Great Expectations makes and no check here needs, put off until somebody asks.

What belongs here: the stand-in for such a module. What does not: Great Expectations (engine.py).
"""

import importlib
import importlib.util
import sys
from types import ModuleType

UNUSED = ("scipy.stats", "altair")
"""Of its expectations on distributions, and of the pages that it draws: 40 % of its import."""


class _Deferred(ModuleType):
    """Stands for a module, and gives way to it when an attribute is asked for."""

    def __getattr__(self, name: str) -> object:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def defer_unused() -> None:
    """Put off the imports of ``UNUSED`` in this process, unless they have been made."""
    for name in UNUSED:
        spec = None if name in sys.modules else importlib.util.find_spec(name)
        if spec is not None:
            stand_in = _Deferred(name)
            stand_in.__spec__ = spec
            sys.modules[name] = stand_in
