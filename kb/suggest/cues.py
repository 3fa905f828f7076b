"""The words that tell a cause, a remedy, a denial or a doubt: read from YAML, one file a language."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kb.errors import CodebookError
from kb.suggest.phrases import Phrase, Phrases, parse_phrase
from kb.text.yamlfile import line_of, read_mapping

Lines = tuple[str, ...]
_MAX_BYTES = 2**18  # thirty times what a language has; they are read without a bound of time


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LinkCues(_Part):
    """Words between a cause and its effect, by which side of them the cause stands on."""

    cause_after: Lines = ()
    cause_before: Lines = ()


class Links(_Part):
    """Words that say a cause, and words that only often do."""

    strong: LinkCues = LinkCues()
    weak: LinkCues = LinkCues()


class Questions(_Part):
    """What an interviewer asks for."""

    cause: Lines = ()
    effect: Lines = ()
    issue: Lines = ()
    fix: Lines = ()


class Cues(_Part):
    """The cue words of a language, as in ``data/cues/en.yaml``, which says what each list is for.

    Attributes:
        language: Its tag, such as ``en``.
        stemmer: Name of a Snowball stemmer, such as ``english``; None leaves words as they are.
        remove: In a further file: phrases to take out of all lists of the files before.
    """

    language: str = ""
    stemmer: str | None = None
    fillers: Lines = ()
    links: Links = Links()
    joins: Lines = ()
    not_links: Lines = ()
    negators: Lines = ()
    absence: Lines = ()
    presence: Lines = ()
    inquiries: Lines = ()
    denials: Lines = ()
    refusals: Lines = ()
    contrasts: Lines = ()
    hedges: Lines = ()
    hypotheticals: Lines = ()
    questions: Questions = Questions()
    remedies: Lines = ()
    failures: Lines = ()
    generic: Lines = ()
    light: Lines = ()
    openers: Lines = ()
    pronouns: Lines = ()
    alike: Lines = ()
    stopwords: Lines = ()
    remove: Lines = Field(default=(), repr=False)

    def parsed(self, lines: Lines) -> list[Phrase]:
        """Some of these cues, ready to be looked for: the longest first."""
        found = {parse_phrase(text, self.words(self.negators)) for text in lines}
        return sorted(found, key=lambda p: (-len(p.parts), p.text))

    def phrases(self, lines: Lines) -> Phrases:
        """Some of these cues, to be looked for together."""
        return Phrases(self.parsed(lines))

    @staticmethod
    @cache
    def words(lines: Lines) -> frozenset[str]:
        """The single words of a list whose lines are ``a|b|c``."""
        return frozenset(word.casefold() for line in lines for word in line.split("|"))


def load_cues(path: Path, *more: Path) -> Cues:
    """Read a language's cue words and, on top of them, words of your own.

    Args:
        path: The file of the language, such as ``data/cues/en.yaml``.
        more: Files of the same form, all keys optional. Their lists are added to those before,
            `remove` takes phrases away, `language` and `stemmer` replace.

    Raises:
        CodebookError: A file cannot be read, is no YAML, or has a key or a value that is no cue.
    """
    merged: dict[str, Any] = {}
    for file in (path, *more):
        cues = _read(file)
        given = cues.model_dump(exclude_unset=True)
        unwanted = set(given.pop("remove", ()))
        merged = _without(merged, unwanted) if unwanted else merged
        merged = _add(merged, given)
    return Cues.model_validate(merged)


def _read(path: Path) -> Cues:
    document = read_mapping(path, "file of cue words", "language", "docs/suggestions.md", _MAX_BYTES)
    try:
        cues = Cues.model_validate(document)
    except ValidationError as invalid:
        first = invalid.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        said = (
            f"Unknown key '{where}'; see docs/suggestions.md for the form."
            if first["type"] == "extra_forbidden"
            else f"'{where}' is {first['input']!r}, which is no phrase; write it in quotes."
        )
        line = line_of(document, first["loc"][0])
        raise CodebookError(said, path, line=line) from invalid
    _check_stemmer(cues.stemmer, path)
    return cues


def _check_stemmer(name: str | None, path: Path) -> None:
    if name is None:
        return
    import snowballstemmer

    known = snowballstemmer.algorithms()
    if name not in known:
        msg = f"There is no stemmer '{name}'; choose one of {', '.join(sorted(known))}, or leave it out."
        raise CodebookError(msg, path)


def _add(base: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in more.items():
        old = result.get(key)
        if isinstance(value, dict):
            result[key] = _add(old or {}, value)
        elif isinstance(value, tuple):
            result[key] = tuple(dict.fromkeys((*(old or ()), *value)))
        else:
            result[key] = value
    return result


def _without(base: dict[str, Any], unwanted: set[str]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in base.items():
        if isinstance(value, dict):
            result[key] = _without(value, unwanted)
        elif isinstance(value, tuple):
            result[key] = tuple(phrase for phrase in value if phrase not in unwanted)
        else:
            result[key] = value
    return result
