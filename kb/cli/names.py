"""Names for shell completion, kept in a small file: completion must not start an engine."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.settings import Settings
    from kb.store.bolt import Store


def remember(store: Store, settings: Settings, candidates: Mapping[str, int] | None = None) -> None:
    """Write what can be completed: concepts, interviews, coders. A folder that refuses is no error.

    Args:
        store: The graph.
        settings: Which graph it is.
        candidates: How many relations `kb suggest` finds of each kind, where a load has counted them.
    """
    from kb.ask.lists import listed

    names: dict[str, Any] = {kind: listed(store, kind) for kind in ("code", "interview", "coder")}
    if candidates is not None:
        names["candidates"] = dict(candidates)
    file = _file(settings.db, settings.neo4j_uri)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)  # it names interviews and coders
        file.chmod(0o600)
        file.write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
    except OSError:
        return


def complete(kind: str, incomplete: str, db: Path | None = None) -> list[str]:
    """Names of a kind that begin as typed; without a file there are none.

    The environment is read by hand, since the settings library takes longer than all of this.
    """
    wanted = incomplete.casefold()
    return [name for name in _kept(db).get(kind, []) if name.casefold().startswith(wanted)]


def counted_candidates(db: Path | None = None) -> dict[str, int] | None:
    """How many relations `kb suggest` found when the graph was loaded; None if that was not counted."""
    found = _kept(db).get("candidates")
    return {str(kind): int(n) for kind, n in found.items()} if isinstance(found, dict) else None


def _kept(db: Path | None) -> dict[str, Any]:
    folder = db or Path(os.environ.get("KB_DB", ".kb"))
    uri = None if db else os.environ.get("NEO4J_URI")
    try:
        names = json.loads(_file(folder, uri).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return names if isinstance(names, dict) else {}


def completer(kind: str) -> Callable[..., list[str]]:
    """What an option or an argument that takes a name of a kind has for completion."""
    return lambda ctx, incomplete: complete(kind, incomplete, ctx.params.get("db"))


def bash_words(offered: str) -> str:
    """What is offered, a line each, as bash has to read it: a code may hold blanks and brackets.

    Bash inserts the lines as they are, where other shells quote them.
    """
    try:
        shlex.split(os.environ.get("COMP_WORDS", ""))
    except ValueError:  # the word stands in quotes that are still open
        return offered
    return re.sub(r"([^\w\n@%+=:,./-])", r"\\\1", offered)


def _file(folder: Path, uri: str | None) -> Path:
    which = f"-{hashlib.sha256(uri.encode()).hexdigest()[:12]}" if uri else ""
    return folder.expanduser() / f"names{which}.json"
