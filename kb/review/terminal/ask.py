"""Keys and texts from a reader at a terminal: the only place that knows prompt_toolkit."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import FuzzyWordCompleter
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import ColorDepth

_KEYS = "a accept r refuse t turn e end c cut x level w words n note s skip u undo q ?"


class Cancelled(Exception):
    """The reader wants to leave what was asked as it is."""


class Asker:
    """Asks at the terminal that is standard input and output.

    Args:
        colours: Whether colour is welcome.
    """

    def __init__(self, *, colours: bool) -> None:
        self.colours = colours
        # A terminal that does not answer where its cursor is makes prompt_toolkit wait, and warn.
        os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
        self._depth = None if colours else ColorDepth.DEPTH_1_BIT

    def key(self) -> str:
        """One key; ``q`` too if the input ends or is broken off."""
        return self._one_key(f"{_KEYS} ")

    def choice(self, question: str, keys: Collection[str]) -> str:
        """One of some keys.

        Raises:
            Cancelled: It was another.
        """
        key = self._one_key(f"{question} ")
        if key not in keys:
            raise Cancelled
        return key

    def text(self, question: str, default: str) -> str:
        """A line of text, begun as `default`.

        Raises:
            Cancelled: It was broken off.
        """
        return self._line(question, PromptSession(color_depth=self._depth), default)

    def code(self, question: str, codes: Sequence[str]) -> str:
        """A code, completed from some of its letters, or any other text; errors as for `text`."""
        completer = FuzzyWordCompleter(list(codes), WORD=True)
        session: PromptSession[str] = PromptSession(
            color_depth=self._depth, completer=completer, complete_while_typing=True
        )
        return self._line(question, session)

    def _line(self, question: str, session: PromptSession[str], default: str = "") -> str:
        try:
            return session.prompt(question, default=default)
        except (KeyboardInterrupt, EOFError) as error:
            raise Cancelled from error

    def _one_key(self, message: str) -> str:
        bindings = KeyBindings()

        @bindings.add(Keys.Any)
        def _pressed(event: KeyPressEvent) -> None:
            event.app.exit(result=event.data.lower())

        @bindings.add(Keys.Enter)
        @bindings.add(Keys.BracketedPaste)
        def _nothing(_event: KeyPressEvent) -> None:
            """Text that is pasted in is no decision."""

        session: PromptSession[str] = PromptSession(
            key_bindings=bindings, color_depth=self._depth, erase_when_done=True
        )
        try:
            return session.prompt(message)
        except (KeyboardInterrupt, EOFError):
            return "q"
