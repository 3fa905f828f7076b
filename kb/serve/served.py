"""What a page is made of: the graph, the file that decisions go to, and the secrets that guard them."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kb.api.graph import Graph


@dataclass
class Served:
    """The state of a running page. One process serves one graph and one reader.

    Attributes:
        graph: The graph; use it with `lock` held, since endpoints run in several threads.
        relations: The relations file that decisions go to.
        reviewer: Who reads; None where only one person does.
        proposals: The queue of proposals; None for the one beside the relations file.
        language: Of the interviews.
        where: The option that names the graph on the command line, such as ``--db study.kb``; empty for
            the default. It completes the commands that a page shows.
        access: What a browser must show to be let in at all; None where the loopback address is guard enough.
        hosts: The names under which the page may be asked for; None for any, where `access` is set.
        write: What a page of this server must send with everything that changes something. Pages of other
            sites cannot know it.
        lock: Held around every use of the graph and of the review.
        reading: The review under way (`kb.serve.reading`), once there is one.
        tell: Told, a sentence each, what nobody may see on the page any more.
        at_close: Called in turn when the server stops, before the graph is closed.
    """

    graph: Graph
    relations: Path
    reviewer: str | None = None
    proposals: Path | None = None
    language: str = "en"
    where: str = ""
    access: str | None = None
    hosts: frozenset[str] | None = frozenset({"127.0.0.1", "localhost", "::1"})
    write: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    lock: threading.RLock = field(default_factory=threading.RLock)
    at_close: list[Callable[[], object]] = field(default_factory=list)
    tell: Callable[[str], object] = lambda _said: None
    reading: object = None

    def close(self) -> None:
        """Do what is to be done at the end; the graph stays open for who opened it."""
        # Without the lock, which what is called takes itself: a thread that waits for it may hold another.
        while self.at_close:
            self.at_close.pop()()
