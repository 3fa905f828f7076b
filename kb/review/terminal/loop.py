"""The way through the candidates: show one, wait for a key, do what it says."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

from kb.errors import KbError
from kb.review.model import Candidate
from kb.review.record import Decided
from kb.review.review import Review
from kb.review.terminal.ask import Asker, Cancelled
from kb.review.terminal.page import COLOURS, HELP, PLAIN, page

_CONTEXT, _MORE = 1, 4


def run(review: Review, asker: Asker, say: Callable[[str], object]) -> None:
    """Show candidates until none is left or the reader quits; decisions are on file when it returns.

    Args:
        review: The review.
        asker: Keys and texts from the reader.
        say: Prints a line.
    """
    _Loop(review, asker, say).run()


class _Loop:
    def __init__(self, review: Review, asker: Asker, say: Callable[[str], object]) -> None:
        self.review, self.asker, self.say = review, asker, say
        self.around = _CONTEXT
        self.style = COLOURS if asker.colours else PLAIN
        self.actions: dict[str, Callable[[], bool]] = {
            "a": lambda: self._decided(self.review.accept()),
            "r": lambda: self._decided(self.review.refuse()),
            "t": lambda: self._done(self.review.turn_round),
            "e": self._end,
            "c": self._quote,
            "x": lambda: self._done(self.review.say_how),
            "w": lambda: self._done(self.review.other_passage),
            "m": self._more,
            "n": self._note,
            "s": self._skip,
            "u": self._undo,
            "?": self._help,
        }

    def run(self) -> None:
        show = True
        while (candidate := self.review.current) is not None:
            if show:
                self._show(candidate)
            show = False
            key = self.asker.key()
            if key == "q":
                return
            if key not in self.actions:
                continue
            try:
                show = self.actions[key]()
            except Cancelled:
                self.say("Nothing changed.")
            except KbError as error:
                self.say(str(error))

    def _show(self, candidate: Candidate) -> None:
        width, height = shutil.get_terminal_size()
        lines = page(
            self.review.draft,
            self.review.turns[candidate.key.interview],
            self.review.progress,
            size=(max(40, min(width, 120)), height),
            around=self.around,
            style=self.style,
        )
        self.say("\n".join(lines))

    def _decided(self, decided: Decided) -> bool:
        said = (decided.says or decided.candidate).in_words
        written = f" ({', '.join(decided.relations)})" if decided.relations else ""
        self.say(f"{decided.verdict}{written}: {said}\n")
        self.around = _CONTEXT
        return True

    def _done(self, change: Callable[[], None]) -> bool:
        change()
        return True

    def _end(self) -> bool:
        draft, kind = self.review.draft, self.review.draft.candidate.kind
        which = self.asker.choice(
            f"Change which end? 1 {kind.start}: {draft.start}   2 {kind.end}: {draft.end}", ("1", "2")
        )
        first = which == "1"
        name = self.asker.code(f"{kind.start if first else kind.end}: ", sorted(self.review.names))
        self.review.change_end("start" if first else "end", name)
        return True

    def _quote(self) -> bool:
        before = " || ".join(words.text for words in self.review.draft.quotes)
        text = self.asker.text("quote (|| between two): ", before)
        self.review.quote(*text.split("||"))
        return True

    def _note(self) -> bool:
        self.review.note(self.asker.text("note: ", self.review.draft.note or ""))
        return True

    def _more(self) -> bool:
        self.around = _MORE if self.around == _CONTEXT else _CONTEXT
        return True

    def _skip(self) -> bool:
        self.review.skip()
        self.say("put off\n")
        self.around = _CONTEXT
        return True

    def _undo(self) -> bool:
        undone = self.review.undo()
        self.say(
            "There is nothing to undo." if undone is None else f"taken back: {undone.candidate.in_words}\n"
        )
        return undone is not None

    def _help(self) -> bool:
        self.say("\n".join(f"  {key}  {what}" for key, what in HELP))
        return False


def wants_colour(environment: dict[str, str] | os._Environ[str] = os.environ) -> bool:
    """Whether colour is welcome: not with NO_COLOR (https://no-color.org), nor on a dumb terminal."""
    return not environment.get("NO_COLOR") and environment.get("TERM", "") not in ("", "dumb", "unknown")
