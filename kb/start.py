"""Where the command ``kb`` begins: Ctrl-C is heard before anything is imported that takes long."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # what `signal` is made of; that one takes longer to import than all of this
import os


def main() -> None:
    """Run ``kb``, as `kb.cli.main` does."""
    if _signal.getsignal(_signal.SIGINT) is not _signal.SIG_IGN:  # as for a job in the background
        _signal.signal(_signal.SIGINT, _ended)
    from kb.cli import main as run  # which hears it from then on

    run()


def _ended(*_: object) -> None:
    """Nothing has begun."""
    os.write(2, b"kb: interrupted; nothing was begun.\n")
    os._exit(130)
