"""Who tagged what in Taguette: the audit log of a project is the only place that names the coder.

A command ``highlight_add`` has the highlight's tags as they are after it, and comes again when they change;
``tag_merge`` gives the tags of one to another, ``tag_delete`` takes one away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any


class Log:
    """The coders of highlights.

    Args:
        commands: User and payload (JSON) of each, in the order they were given.
        members: The logins of the project's members: the only one is the coder where the log names none.

    Attributes:
        unread: How many commands are no JSON.
    """

    def __init__(self, commands: Iterable[tuple[str, str]], members: Iterable[str]) -> None:
        self._tags: dict[int, dict[int, str]] = {}
        self._last: dict[int, str] = {}
        self.unread = 0
        logins = set(members)
        self._only = next(iter(logins)) if len(logins) == 1 else None
        for user, payload in commands:
            try:
                said: Any = json.loads(payload)
            except (ValueError, RecursionError):
                self.unread += 1
                continue
            if isinstance(said, dict):
                self._take(user, said)

    def coder(self, highlight: int, tag: int | None) -> str | None:
        """The login of who gave a tag to a highlight; of a highlight without tags, who made it."""
        known = self._tags.get(highlight, {}).get(tag) if tag is not None else None
        return known or self._last.get(highlight) or self._only

    def _take(self, user: str, said: dict[str, Any]) -> None:
        kind, highlight = said.get("type"), said.get("highlight_id")
        if kind == "highlight_add" and isinstance(highlight, int) and user:
            given = said.get("tags")
            tags = [tag for tag in given if isinstance(tag, int)] if isinstance(given, list) else []
            before = self._tags.get(highlight, {})
            self._tags[highlight] = {tag: before.get(tag, user) for tag in tags}
            self._last[highlight] = user
        elif kind in ("tag_merge", "tag_delete"):
            old, new = said.get("src_tag_id", said.get("tag_id")), said.get("dest_tag_id")
            if isinstance(old, int):
                self._gone(old, new if isinstance(new, int) else None)

    def _gone(self, old: int, new: int | None) -> None:
        """Take a tag away, and give what had it another, if there is one."""
        for tags in self._tags.values():
            who = tags.pop(old, None)
            if who and new is not None:
                tags.setdefault(new, who)
