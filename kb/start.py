"""Where the command ``kb`` begins: Ctrl-C is heard before anything is imported that takes long."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # what `signal` is made of; that one takes longer to import than all of this
import gc
import os

# New objects before Python looks for rings among them that nothing reaches; its own 700 costs a tenth of the
# time that imports take, and that rows take to be read.
_OBJECTS = 20_000


def main() -> None:
    """Run ``kb``, as `kb.cli.main` does."""
    if _signal.getsignal(_signal.SIGINT) is not _signal.SIG_IGN:  # as for a job in the background
        _signal.signal(_signal.SIGINT, _ended)
    gc.set_threshold(_OBJECTS)
    from kb.cli import main as run  # which hears it from then on

    run()


def _ended(*_: object) -> None:
    """Nothing has begun."""
    os.write(2, b"kb: interrupted; nothing was begun.\n")
    os._exit(130)
