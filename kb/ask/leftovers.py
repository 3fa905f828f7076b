"""Names that may be left in a graph: those of a list, and words that look like some."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from kb.schema import EDGES, NODES
from kb.store.bolt import Store
from kb.text.names import Names

Why = Literal["of the list", "part of a word", "capitalised"]

# Letters, inner apostrophes and hyphens: `O'Brien`, `Anna-Maria`. A number in it makes it no name.
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_END = re.compile(r"[.!?…:;“”\"()\[\]–—-]|(?:^|\s)['‘]")
_SHORT = 2
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "monsieur", "madame", "señor", "señora"}
)
# Capitalised in English wherever they stand.
_ALWAYS = frozenset({
    "i", "i'm", "i'll", "i've", "i'd", "ok", "english", "german", "french", "spanish",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
})  # fmt: skip
# What only loading uses says no more than the rest, and would count everything twice.
_TWICE = frozenset({"reading", "build", "sha256", "digest", "digests", "quoted", "quotes"})


class Leftover(NamedTuple):
    """A name that may be left.

    Attributes:
        name: It.
        why: What speaks for it.
        times: How often it stands there; of the list: in how many texts.
        where: In what, a phrase.
        interviews: Ids of those it is in, of words of turns.
    """

    name: str
    why: Why
    times: int
    where: tuple[str, ...]
    interviews: tuple[str, ...] = ()


def of_the_list(store: Store, names: Names) -> list[Leftover]:
    """The names of a list that are anywhere in the graph, as words or parts of words."""
    found: Counter[tuple[str, Why, str]] = Counter()
    for where, text in _texts(store):
        whole = names.found(text)
        for name in whole:
            found[name, "of the list", where] += 1
        for name in names.within(text) - whole:
            found[name, "part of a word", where] += 1
    by_name: dict[tuple[str, Why], dict[str, int]] = defaultdict(dict)
    for (name, why, where), count in sorted(found.items()):
        by_name[name, why][where] = count
    leftovers = [Leftover(*key, sum(where.values()), tuple(where)) for key, where in by_name.items()]
    return sorted(leftovers, key=lambda left: (left.why, -left.times, left.name))


def _texts(store: Store) -> Iterator[tuple[str, str]]:
    """Every text of the graph with where it stands, as label and property."""
    for node in NODES:
        for row in store.stream(f"MATCH (n:{node.label}) RETURN properties(n) AS p"):
            yield from _in(node.label, row["p"])
    for edge in EDGES:
        if edge.properties:
            for row in store.stream(
                f"MATCH (:{edge.start})-[r:{edge.type}]->(:{edge.end}) RETURN properties(r) AS p"
            ):
                yield from _in(edge.type, row["p"])


def _in(kind: str, properties: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in properties.items():
        if key not in _TWICE:
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    yield f"{kind}.{key}", text


@dataclass
class _Seen:
    """How a word stands in the texts."""

    inside: int = 0
    titled: int = 0
    interviews: dict[str, None] = field(default_factory=dict)


def likely(store: Store, known: Names | None = None, most: int = 100) -> list[Leftover]:
    """Words of turns that are capitalised within a sentence, or follow a title, and are never written small.

    In German every noun is; there the list is long, and the rare ones are what matters.

    Args:
        store: The graph.
        known: Pseudonyms are no leftovers.
        most: So many at most.
    """
    seen: dict[str, _Seen] = defaultdict(_Seen)
    small: Counter[str] = Counter()
    for row in store.stream("MATCH (t:Turn) RETURN t.interview AS interview, t.text AS text"):
        for words, inside, titled in _capitalised(row["text"] or "", small):
            here = seen[words]
            here.inside += inside
            here.titled += titled
            here.interviews[row["interview"]] = None
    pseudonyms = {
        part.casefold() for entry in known.entries for part in entry.pseudonym.split()
    } if known else set()  # fmt: skip
    found = [
        Leftover(
            words, "capitalised", here.inside + here.titled, ("Turn.text",), tuple(sorted(here.interviews))
        )
        for words, here in seen.items()
        if here.inside + here.titled and not _is_word(words, here, small, pseudonyms)
    ]
    return sorted(found, key=lambda left: (-left.times, left.name))[:most]


def _is_word(words: str, here: _Seen, small: Counter[str], pseudonyms: set[str]) -> bool:
    parts = words.casefold().split()
    plain = [part.removesuffix("'s").removesuffix("’s") for part in parts]
    if all(part in pseudonyms or part in _ALWAYS for part in plain):
        return True
    return not here.titled and all(small[part] for part in plain)


def _capitalised(text: str, small: Counter[str]) -> Iterator[tuple[str, bool, bool]]:
    """Runs of capitalised words, with whether they stand within a sentence, and after a title.

    Counts the words that are written small on the way.
    """
    run: list[str] = []
    inside = titled = False
    end = 0
    first = True  # of the text, and so of a sentence
    for match in _WORD.finditer(text):
        word, between = match[0].rstrip("'’-"), text[end : match.start()]
        starts = first or _END.search(between) is not None
        # "Dr. Weber": the stop is the title's.
        after_title = bool(run) and run[-1].casefold() in _TITLES and between.strip() in ("", ".")
        capital = word[0].isupper() and len(word) >= _SHORT and not word.isupper()
        if run and (not capital or (between != " " and not after_title)):
            yield from _run(run, inside, titled)
            run = []
        if capital:
            if after_title:
                run, inside, titled = [], False, True
            elif not run:
                inside, titled = not starts, False
            elif len(run) == 1 and not inside and not titled:
                run, inside = [], True  # what begins a sentence may be any word, what follows is not
            run.append(word)
        else:
            small[word.casefold()] += word[0].islower()
        first, end = False, match.end()
    yield from _run(run, inside, titled)


def _run(run: list[str], inside: bool, titled: bool) -> Iterator[tuple[str, bool, bool]]:
    words = [word for word in run if word.casefold() not in _ALWAYS and word.casefold() not in _TITLES]
    if words:
        name = " ".join(words)
        yield name.removesuffix("'s").removesuffix("’s"), inside, titled
