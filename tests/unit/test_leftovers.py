"""Names that may be left: what looks like one in running speech, and what of a list is still there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest

from kb.ask.leftovers import Leftover, likely, of_the_list
from kb.store.bolt import Store
from kb.text.names import Entry, Names


class Turns:
    """A graph of turns."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    def stream(self, query: str) -> Iterator[dict[str, Any]]:
        """Give the turns, and nothing else."""
        if "(t:Turn)" in query:
            yield from ({"interview": str(n), "text": text} for n, text in enumerate(self._texts, 1))
        elif "(n:Turn)" in query:
            yield from ({"p": {"text": text, "id": "1:0000"}} for text in self._texts)


def found(*texts: str, known: Names | None = None) -> dict[str, int]:
    return {left.name: left.times for left in likely(cast("Store", Turns(*texts)), known)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Then Anna said no, and anna left.", {}),  # written small too: a word
        ("Then Anna said no.", {"Anna": 1}),
        ("Anna said no. Then we left.", {}),  # begins a sentence: could be any word
        ("We met Anna Schmidt and Anna Schmidt's boss.", {"Anna Schmidt": 2}),
        ("Dr. Weber came. Mrs Lee went.", {"Weber": 1, "Lee": 1}),
        ("on Monday I saw I'm not in June", {}),
        ("the NASA report and the API", {}),
        ("we asked O'Brien-Lee, you know", {"O'Brien-Lee": 1}),
        ("She said: “Thank you.” And then “Please go.”", {}),
        ("and Zoë and Łukasz", {"Zoë": 1, "Łukasz": 1}),
        ("", {}),
    ],
)
def test_words_that_look_like_names(text: str, names: dict[str, int]) -> None:
    assert found(text) == names


def test_the_most_frequent_come_first_with_their_interviews() -> None:
    left = likely(cast("Store", Turns("so Anna and Ben", "but Anna")))
    assert left == [
        Leftover("Anna", "capitalised", 2, ("Turn.text",), ("1", "2")),
        Leftover("Ben", "capitalised", 1, ("Turn.text",), ("1",)),
    ]


def test_pseudonyms_are_no_leftovers() -> None:
    names = Names((Entry("Anna", "Marta"),))
    assert found("so Marta and Ben", known=names) == {"Ben": 1}


def test_what_is_left_of_a_list() -> None:
    names = Names((Entry("Anna", "Marta"), Entry("Weber", "Kern"), Entry("Zoë", "P3")))
    graph = cast("Store", Turns("ANNA was there", "the Annas", "Weberei", "nobody"))
    assert of_the_list(graph, names) == [
        Leftover("Anna", "of the list", 1, ("Turn.text",)),
        Leftover("Anna", "part of a word", 1, ("Turn.text",)),
        Leftover("Weber", "part of a word", 1, ("Turn.text",)),
    ]
