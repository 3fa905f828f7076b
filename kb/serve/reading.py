"""The review behind the page: one for the server, whatever tabs are open; the graph follows by itself.

A decision is in the relations file when its call returns (`kb.review`). The graph is brought in step when no
decision has come for a while, and when the server stops, so that nobody waits for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from kb.ask.lists import listed
from kb.errors import KbError
from kb.figure.kinds import natural
from kb.review.model import Draft
from kb.review.over_graph import Order, follow, open_review
from kb.review.record import Decided, Record
from kb.review.review import Review
from kb.serve.guard import Conflict
from kb.serve.served import Served

# Seconds without a decision, after which the graph follows.
_PAUSE = 2.0
_KEPT = 5  # messages that a page shows


class Reading:
    """A review that several tabs look at.

    Args:
        served: The graph, and where decisions go.

    Attributes:
        version: Counts changes; a tab that knows an older one is told.
        last: The last decision, for the page to tell.
        apart: The last time that the graph was to follow, it could not.
        scope: What was asked to be reviewed.
        interviews: All that can be asked for.
    """

    def __init__(self, served: Served) -> None:
        self._served = served
        self._lock = threading.RLock()
        self._following = threading.Lock()
        self._review: Review | None = None
        self._record: Record | None = None  # before there is a review
        self._timer: threading.Timer | None = None
        self._messages: list[str] = []
        self._decided = self._followed = 0
        self.apart = self._had_file = False
        self.version = 0
        self.last: Decided | None = None
        self.interviews: list[str] = []
        self.scope: dict[str, Any] = {"interview": None, "by": "worth", "stated": False}
        served.at_close.append(self.close)

    @contextmanager
    def review(self) -> Iterator[Review]:
        """The review, opened with the first call; for one at a time.

        Raises:
            KbError: The relations file or the queue of proposals cannot be read.
        """
        with self._lock:
            if self._review is None:
                self._open()
            assert self._review is not None
            yield self._review

    def reopen(self, *, interview: str | None, by: Order, stated: bool) -> None:
        """Review other candidates, or these in another order; what was put off comes again."""
        with self._lock:
            before = self.scope
            self.scope = {"interview": interview, "by": by, "stated": stated}
            try:
                self._open()
            except KbError:
                self.scope = before
                raise

    def change(self, version: object, action: Callable[[Review], Decided | None]) -> None:
        """Do something to the review as a page saw it.

        Args:
            version: That the page knows.
            action: What is to be done; what it gives is a decision.

        Raises:
            Conflict: Something was changed since, in another tab.
            KbError: It cannot be done.
        """
        with self.review() as review:
            self.refresh()
            if version != self.version:
                raise Conflict(
                    "This was changed meanwhile, in another tab or in the file; here is how it stands now."
                )
            decided = action(review)
            self.version += 1
            if decided is not None:
                self.last = decided
                self._decided += 1
                self._wait()

    def write(self, draft: Draft, quotes: tuple[str, ...]) -> Decided:
        """Write down a relation that a reader found by themselves, of any interview, as `Review.write` does.

        Nobody waits for candidates to be looked for; a tab that shows one may go on to decide on it, unless
        this was it.

        Raises:
            KbError: The file cannot be read or written.
        """
        with self._lock:
            if self._review is None:
                if self._record is None:
                    self._record = Record(self._served.relations, self._served.reviewer, None, (), self._tell)
                decided = self._record.accept(draft, quotes, None)
            else:
                self.refresh()
                before = self._review.current
                decided = self._review.write(draft, quotes)
                self.version += self._review.current != before
            self.last = decided
            self._decided += 1
            self._wait()
            return decided

    def refresh(self) -> None:
        """Take notice of the relations file if somebody else changed it; the graph follows that too.

        Raises:
            CodebookError: It is no relations file any more; nothing is written over.
        """
        with self.review() as review:
            before = review.current
            if review.refresh():
                # A page that shows another candidate than is open must not decide on it.
                self.version += review.current != before
                self._decided += 1
                self._wait()

    def messages(self) -> list[str]:
        """What happened to the files lately."""
        return list(self._messages)

    @property
    def behind(self) -> int:
        """Decisions that are in the file and not yet in the graph."""
        return max(self._decided - self._followed, int(self.apart))

    def close(self) -> None:
        """Bring the graph in step, and note how far the review has come."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            if self._review is not None:
                self._review.leave()
        if self.behind:
            self.follow()
        if self.behind and self._messages:  # it could not be done
            self._served.tell(self._messages[-1])

    def follow(self) -> None:
        """Load the relations file; what goes wrong is told on the page."""
        with self._following:
            upto = self._decided
            try:
                with self._served.lock:
                    report = follow(self._served.graph.store, self._served.relations)
            except KbError as error:
                self.apart = True
                self._tell(f"The decisions are in {self._served.relations}, but not in the graph: {error}")
                return
            # A file that is gone takes nothing out of the graph; the review has told so.
            self.apart = report is None and self._had_file
            self._had_file |= report is not None
            self._followed = upto
            for item in report.not_placed if report else ():
                if item.level != "info":
                    self._tell(item.message)

    def _open(self) -> None:
        scope: Mapping[str, Any] = self.scope
        self.follow()  # what was decided elsewhere, or when the last review was cut off
        with self._served.lock:
            self.interviews = sorted(listed(self._served.graph.store, "interview"), key=natural)
            found = open_review(
                self._served.graph.store,
                self._served.relations,
                reviewer=self._served.reviewer,
                interview=scope["interview"],
                by=scope["by"],
                stated=scope["stated"],
                learn=True,
                language=self._served.language,
                proposals=self._served.proposals,
                tell=self._tell,
            )
        if self._review is not None:
            self._review.leave()
        self._review, self._record = found, None
        self.version += 1

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(_PAUSE, self.follow)
        self._timer.daemon = True
        self._timer.start()

    def _tell(self, said: str) -> None:
        if said not in self._messages[-1:]:
            self._messages = [*self._messages, said][-_KEPT:]


def reading_of(served: Served) -> Reading:
    """The review of a server, made with the first call."""
    with served.lock:
        if served.reading is None:
            served.reading = Reading(served)
        assert isinstance(served.reading, Reading)
        return served.reading
