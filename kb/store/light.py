"""The driver, imported without what only others need of it.

Where numpy and pandas are installed, the driver imports both, for values that kb never sends or asks for: a
third of a second for each command. A program that uses kb as a library may want them; the command line does
not, and says so by `wanted`.
"""

from __future__ import annotations

import sys

#: Set by the command line before the driver is imported for the first time.
wanted = False
_OPTIONAL = ("numpy", "pandas", "pyarrow")


def ready() -> None:
    """Import the driver, without its optional packages if that is wanted and they are not there yet."""
    if not wanted or "neo4j" in sys.modules:
        return
    absent = [name for name in _OPTIONAL if name not in sys.modules]
    for name in absent:
        sys.modules[name] = None  # type: ignore[assignment]  # what Python takes for "cannot be imported"
    try:
        import neo4j  # noqa: F401
    finally:
        for name in absent:
            del sys.modules[name]
