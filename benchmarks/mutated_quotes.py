"""What a benchmark does to quotes: slips of the pen, and what makes another sentence of them."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Sequence

Chance = random.Random
# Words that are put for others: near in sense, or the opposite.
OTHER_WORDS = {
    "missing": "absent", "old": "outdated", "nobody": "everybody", "responsible": "accountable",
    "left": "quit", "learned": "memorised", "wrong": "right", "doubled": "tripled", "stopped": "started",
    "refused": "declined", "noise": "garbage", "lower": "higher", "sank": "rose", "slipped": "moved",
    "kept": "wrote", "never": "always", "half": "most", "weeks": "months", "fell": "went",
    "helped": "failed", "solved": "caused", "leaked": "slipped", "because": "although", "so": "but",
    "model": "system", "data": "records", "users": "customers", "build": "make",
}  # fmt: skip
KEEP = (
    "uh",
    "um",
    "like",
    "know",
    "the",
    "a",
    "an",
    "and",
    "so",
    "well",
    "just",
    "right",
    "yeah",
    "yes",
    "then",
)


def content(words: Sequence[str]) -> list[int]:
    """The words of a quote that carry something, by index."""
    plain = [re.sub(r"\W", "", word).casefold() for word in words]
    return [n for n, word in enumerate(plain) if len(word) > 3 and word not in KEEP]


# --- slips of the pen ------------------------------------------------------------------------


def typo(quote: str, chance: Chance) -> str:
    """A letter left out, doubled, wrong, or two changed about."""
    words = quote.split(" ")
    at = [n for n in content(words) if len(words[n]) >= 5 and words[n].isalpha()]
    if not at:
        return quote
    n = chance.choice(at)
    word = words[n]
    i = chance.randrange(1, len(word) - 1)
    letter = chance.choice(string.ascii_lowercase)
    words[n] = chance.choice([
        word[:i] + word[i + 1 :],
        word[:i] + word[i] + word[i:],
        word[:i] + letter + word[i + 1 :],
        word[:i] + word[i + 1] + word[i] + word[i + 2 :],
    ])  # fmt: skip
    return " ".join(words)


def punctuation(quote: str, chance: Chance) -> str:
    """Commas and full stops left out, or dashes put for them."""
    return re.sub(r"[,.;:]", lambda mark: chance.choice(["", " –", mark[0]]), quote)


def casing(quote: str, chance: Chance) -> str:
    """All small, all large, or the first letter changed."""
    return chance.choice([quote.lower(), quote.upper(), quote[0].swapcase() + quote[1:]])


def left_out(quote: str, chance: Chance) -> str:
    """A few words left out of the middle, with a mark."""
    words = quote.split(" ")
    if len(words) < 9:
        return quote
    i = chance.randrange(4, len(words) - 4)
    j = i + chance.randrange(1, len(words) - i - 3)
    return " ".join([*words[:i], chance.choice(["…", "...", "[...]"]), *words[j:]])


def fillers(quote: str, _: Chance) -> str:
    """Hesitations left out."""
    return re.sub(r"\b(?:uh|um|you know|like), ", "", quote)


def quotation(quote: str, chance: Chance) -> str:
    """Other quotation marks and apostrophes."""
    return chance.choice(["“{}”", '"{}"', "'{}'", "«{}»"]).format(quote.replace("'", "’"))


def ends_cut(quote: str, chance: Chance) -> str:
    """Begun a word later, ended a word earlier."""
    words = quote.split(" ")
    return (
        " ".join(words[chance.randrange(2) : len(words) - chance.randrange(2)]) if len(words) > 8 else quote
    )


SLIPS: tuple[Callable[[str, Chance], str], ...] = (
    typo, punctuation, casing, left_out, fillers, quotation, ends_cut,
)  # fmt: skip


# --- what makes a quote false ----------------------------------------------------------------


def other_word(quote: str, chance: Chance) -> str:
    """One or two words put for others, near in sense or the opposite."""
    words = quote.split(" ")
    plain = {n: re.sub(r"\W", "", words[n]).casefold() for n in range(len(words))}
    at = [n for n, word in plain.items() if word in OTHER_WORDS]
    chosen = chance.sample(at, min(len(at), chance.randint(1, 2))) if at else [chance.choice(content(words))]
    for n in chosen:
        words[n] = OTHER_WORDS.get(plain[n], "something")
    return " ".join(words)


def added(quote: str, chance: Chance) -> str:
    """A word put in that says more."""
    words = quote.split(" ")
    at = chance.randrange(2, len(words) - 1)
    return " ".join(
        [*words[:at], chance.choice(["always", "only", "clearly", "not", "sometimes"]), *words[at:]]
    )


def dropped(quote: str, chance: Chance) -> str:
    """A word left out that carries something, without a mark."""
    words = quote.split(" ")
    plain = [re.sub(r"\W", "", word).casefold() for word in words]
    at = chance.choice([n for n in content(words) if 0 < n < len(words) - 1 and plain.count(plain[n]) == 1])
    return " ".join([*words[:at], *words[at + 1 :]])


def retold(quote: str, chance: Chance) -> str:
    """The sentence in other words."""
    start = chance.choice(["They told us that", "The point was that", "According to her", "In short"])
    words = [OTHER_WORDS.get(word.strip(",.").casefold(), word) for word in quote.split(" ")]
    return f"{start} {' '.join(words[len(words) // 3 :])} {' '.join(words[: len(words) // 3])}"


PARAPHRASES: tuple[Callable[[str, Chance], str], ...] = (other_word, added, dropped, retold)


def spliced(one: str, two: str) -> str:
    """The beginning of one sentence and the end of another, without a mark."""
    first, second = one.split(" "), two.split(" ")
    return " ".join([*first[: max(4, len(first) // 2)], *second[-max(4, len(second) // 2) :]])
