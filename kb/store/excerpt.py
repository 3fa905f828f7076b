"""An excerpt of a graph, in an embedded database of its own: what some people told, and nothing else.

Filtering each query by people would mean to count anew, in each, what an edge sums up, who told a chain
whole, and which interviews there are. Asked of the excerpt, every query says the right thing as it is:
the excerpt is the graph that would be there if only these people had been interviewed.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kb.errors import StoreUnavailable
from kb.store.bolt import Store
from kb.store.copying import Copy
from kb.store.scope import Needs, Scope

_PREFIX = "kb-where-"


@contextmanager
def excerpt(store: Store, scope: Scope, needs: Needs) -> Iterator[Store]:
    """A graph of what some people told, thrown away afterwards.

    Args:
        store: The whole graph.
        scope: The people.
        needs: What will be asked for.

    Raises:
        StoreUnavailable: There is no embedded engine for this platform, or no room.
    """
    from kb.store.embedded import open_embedded

    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))  # 0700: transcripts are in it
    try:
        try:
            target = open_embedded(folder / "db", timeout=store.timeout)
        except StoreUnavailable as error:
            raise StoreUnavailable(f"A filter needs the embedded engine: {error}") from error
        with target:
            Copy(store, target, scope, needs).run()
            yield target
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Take away what a process that was killed has left."""
    if os.name != "posix":  # elsewhere signal 0 is no question
        return
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError, ValueError, IndexError):
            number = int(path.name.removeprefix(_PREFIX).split("-")[0])
            if path.stat().st_uid != os.getuid():
                continue
            try:
                os.kill(number, 0)
            except ProcessLookupError:
                shutil.rmtree(path, ignore_errors=True)
