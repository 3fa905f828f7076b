"""Names in a text replaced by others: whole words, in the case they stand in, and where everything went."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

# Marks that belong to the letter before them: a name that one follows is another name's beginning.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
# What nobody sees within a word: a soft hyphen, joiners, a mark of byte order.
_UNSEEN = "\u00ad\u200c\u200d\u2060\ufeff"
_AFTER = rf"(?![{_UNSEEN}]*[^\W_]|[{_MARKS}])"
_LETTERS_AFTER = rf"(?![{_UNSEEN}]*[^\W\d_]|[{_MARKS}])"
# A word of a text, and of a file's name, where names stand beside digits.
_WORD = re.compile(rf"(?<![^\W_])(?<![{_MARKS}])[^\W_](?:[^\W_]|[{_MARKS}{_UNSEEN}])*")
_LETTERS = re.compile(rf"(?<![^\W\d_])(?<![{_MARKS}])[^\W\d_](?:[^\W\d_]|[{_MARKS}{_UNSEEN}])*")
_APOSTROPHES = "'’ʼ`"
_HYPHENS = "-\u2010\u2011"
# What parts the words of a name: `Anna Maria`, `Anna-Maria`, `Anna_Maria`, in a list and in a text.
_BETWEEN = rf"(?:[\s\u200b]+|[{_HYPHENS}_])"
# Letters that are no letter with a mark, and what is written for them where there are none.
_LATIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})


class Entry(NamedTuple):
    """A name with what stands for it.

    Attributes:
        exact: Only as written: a name that in small letters is a word of the language.
    """

    name: str
    pseudonym: str
    exact: bool = False


class Piece(NamedTuple):
    """A replaced name: where it stood in the old text, and where its pseudonym stands in the new one."""

    start: int
    end: int
    new_start: int
    new_end: int


class Replaced(NamedTuple):
    """A text without the names.

    Attributes:
        text: The new text.
        pieces: What was replaced, in order.
    """

    text: str
    pieces: tuple[Piece, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a passage of the old text is in the new one, in code points, with a name it cuts whole."""
        return self._moved(start, at_end=False), self._moved(end, at_end=True)

    def _moved(self, at: int, *, at_end: bool) -> int:
        shift = 0
        for piece in self.pieces:
            if at <= piece.start:
                break
            if at < piece.end:
                return piece.new_end if at_end else piece.new_start
            shift = piece.new_end - piece.end
        return at + shift


@dataclass(frozen=True)
class Names:
    """Names with their pseudonyms; where one is part of another, the longer one counts."""

    entries: tuple[Entry, ...]

    def replaced(self, text: str) -> Replaced:
        """A text with the names in it replaced."""
        return self._replaced(text, self._in_text)

    def text(self, text: str) -> str:
        """The same, the text alone."""
        return self.replaced(text).text

    def file(self, name: str) -> str:
        """A file's name, in which names may stand beside digits or without accents."""
        return self._replaced(name, self._in_files).text

    def id(self, name: str) -> str:
        """An id made from a file's name or a title."""
        new = self.file(name)
        return name if new == name else re.sub(r"[^\w.]+", "-", _folded(new)).strip("-") or new

    def _replaced(self, text: str, finder: _Finder) -> Replaced:
        parts: list[str] = []
        pieces: list[Piece] = []
        end = length = 0
        for match, entry in finder.matches(text):
            parts += [text[end : match.start()], new := _in_case(match[0], entry)]
            length += match.start() - end
            pieces.append(Piece(match.start(), match.end(), length, length + len(new)))
            length += len(new)
            end = match.end()
        return Replaced("".join([*parts, text[end:]]), tuple(pieces)) if pieces else Replaced(text, ())

    def found(self, text: str) -> set[str]:
        """The names in a text, as the list has them."""
        return {entry.name for _, entry in self._in_text.matches(text)}

    def small(self, text: str) -> set[str]:
        """Those that stand there in small letters, and may be words of the language."""
        return {
            entry.name
            for match, entry in self._in_text.matches(text)
            if match[0].islower() and not entry.name.islower()
        }

    def within(self, text: str) -> set[str]:
        """The names that are part of a word of a text: compounds, genitives, plurals."""
        folded = _folded(text)
        return {e.name for e in self.entries if len(e.name) > 3 and (_folded(e.name) or "\n") in folded}

    @cached_property
    def _in_text(self) -> _Finder:
        return _Finder(self.entries, _WORD, _AFTER, files=False)

    @cached_property
    def _in_files(self) -> _Finder:
        return _Finder(self.entries, _LETTERS, _LETTERS_AFTER, files=True)


class _Way:
    """One way in which a name may be written, from the first letter of a word on."""

    def __init__(self, entry: Entry, form: str, after: str, *, exact: bool) -> None:
        self.entry = entry
        self._source = f"{form if exact else f'(?i:{form})'}{after}"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """It, compiled when first met: of thousands of names few are in a text."""
        return re.compile(self._source)


class _Finder:
    """Finds names in a text: each word is looked up among the first words of names.

    Args:
        entries: The names.
        word: A word of the text.
        after: What must follow a name.
        files: Find them as file names have them, too.
    """

    def __init__(self, entries: Sequence[Entry], word: re.Pattern[str], after: str, *, files: bool) -> None:
        self._word = word
        self._key = _plain_key if files else _key
        self._ways: dict[str, list[_Way]] = {}
        # The longest first: a part of it may be another name.
        for entry in sorted(entries, key=lambda e: (-len(e.name), e.name)):
            name = unicodedata.normalize("NFC", re.sub(r"^[\W_]+", "", _seen(entry.name)))
            upper = name.upper()
            forms = [_form(name), *([_form(upper)] if len(upper) != len(name) else [])]  # ß
            words = word.findall(name)
            keys = {self._key(found) for found in words[:1]}
            if files:
                for plain in _spellings(name):
                    parts = [_form(part) for part in re.split(r"[\s'’-]+", plain) if part]
                    forms.append(r"[\s_.'’-]*".join(parts))
                    found = word.findall(plain)
                    keys |= {self._key(plain), *map(self._key, found[:1]), self._key("".join(found))}
            exact = entry.exact and not files
            way = _Way(entry, f"(?:{'|'.join(dict.fromkeys(forms))})", after, exact=exact)
            for key in keys:
                self._ways.setdefault(key, []).append(way)

    def matches(self, text: str) -> Iterator[tuple[re.Match[str], Entry]]:
        """The names in a text, in order, none within another."""
        at = 0
        while word := self._word.search(text, at):
            at = word.end()
            for way in self._ways.get(self._key(word[0]), ()):
                if match := way.pattern.match(text, word.start()):
                    yield match, way.entry
                    at = match.end()
                    break


def _key(word: str) -> str:
    # The Turkish i with and without a dot are one letter to those who write them small elsewhere.
    small = unicodedata.normalize("NFC", _seen(word)).casefold()
    return small.replace("i\u0307", "i").replace("ı", "i")


def _seen(text: str) -> str:
    return re.sub(f"[{_UNSEEN}]", "", text)


def _plain_key(word: str) -> str:
    return _folded(word) or _key(word)


def _form(name: str) -> str:
    """A pattern for a name: composed or not, its words parted by any space or hyphen, any apostrophe."""
    parts: list[str] = []
    for character in name:
        apart = unicodedata.normalize("NFD", character)
        if character.isspace() or character in _HYPHENS:
            if not parts or parts[-1] != _BETWEEN:
                parts.append(_BETWEEN)
        elif character in _APOSTROPHES:
            parts.append(f"[{_APOSTROPHES}]")
        elif apart != character:
            parts.append(f"(?:{re.escape(character)}|{re.escape(apart)})")
        else:
            parts.append(re.escape(character))
    return f"[{_UNSEEN}]*".join(parts)


def _in_case(written: str, entry: Entry) -> str:
    """The pseudonym in the case that the name stands in."""
    written = _seen(written)
    if unicodedata.normalize("NFC", written) == unicodedata.normalize("NFC", entry.name):
        return entry.pseudonym
    if written.isupper() and not entry.name.isupper():
        return entry.pseudonym.upper()
    if written.islower() and not entry.name.islower():
        return entry.pseudonym.lower()
    return entry.pseudonym


def _spellings(name: str) -> list[str]:
    """A name as file names and ids may have it."""
    small = name.casefold()
    found = (name, small, small.translate(_LATIN), small.translate(_LATIN | _UMLAUTS))
    return list(dict.fromkeys(filter(None, map(_folded, found)))) or [name]


def _folded(text: str) -> str:
    """Small letters without accents, as file names and ids have them."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()


def clashes(entries: Sequence[Entry]) -> tuple[Entry, Entry] | None:
    """The first pseudonym in which a name of the list stands, with that name's entry."""
    names = Names(tuple(entries))
    by_name = {entry.name: entry for entry in entries}
    for entry in entries:
        for name in sorted(names.found(entry.pseudonym)):
            return entry, by_name[name]
    return None
