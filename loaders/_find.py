"""From what the user names (files, folders, patterns) to the files to load."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kb.errors import InputError
from loaders._source import PROJECT_FILES
from loaders._steps import NAMED, is_backup, is_lock
from loaders._text import unreadable


class FoundFile(NamedTuple):
    """A path, and why it cannot be loaded, if it cannot."""

    path: Path
    error: InputError | None = None


class Found(NamedTuple):
    """What there is to load.

    Attributes:
        sources: The files in the order they were named, those of a folder sorted by name; each file
            once, however many ways lead to it. A path with an error stands where it was met.
        left_aside: How many files in the folders were passed over, by ending (``""`` for none),
            since no loader reads such files. Hidden files and folders are not counted.
        left: The first of these files, by ending.
    """

    sources: list[FoundFile]
    left_aside: Counter[str]
    left: dict[str, list[Path]]


def find_sources(
    paths: Iterable[Path | str], endings: Collection[str], knows: Callable[[Path], bool] = lambda _: False
) -> Found:
    """Expand files, folders (with all below them) and patterns with ``*``, ``?``, ``[…]``, ``**``.

    Links are followed; one that leads back to a folder above it is an error of its own and ends
    there. Never raises for a path: what is wrong with it is its source's `error`.

    Args:
        paths: As the user wrote them.
        endings: Of the files that are taken from a folder; a file that the user names may have any.
        knows: Of a file of another ending: whether it is taken all the same.
    """
    walk = _Walk(frozenset(endings), knows)
    sources: list[FoundFile] = []
    seen: set[str] = set()
    for named in paths:
        for source in walk.expand(Path(named)):
            real = os.path.realpath(source.path)
            if source.error is None:
                if real in seen:
                    continue
                seen.add(real)
            sources.append(source)
    return Found(sources, walk.left_aside, walk.left)


class _Walk:
    """Goes through folders, each once, counting the files it leaves.

    It asks `os.path.isdir`, since `Path.is_dir` raises where a folder may be listed but not entered.
    """

    def __init__(self, endings: frozenset[str], knows: Callable[[Path], bool]) -> None:
        self._endings = endings
        self._knows = knows
        self.left_aside: Counter[str] = Counter()
        self.left: dict[str, list[Path]] = defaultdict(list)
        self._done: set[str] = set()

    def expand(self, path: Path) -> Iterator[FoundFile]:
        """The sources behind one path as the user wrote it."""
        try:
            path.lstat()
        except OSError as error:
            if _is_pattern(path):
                yield from self._matches(path)
            else:
                yield FoundFile(path, unreadable(path, error))
            return
        if not os.path.isdir(path):  # noqa: PTH112
            yield FoundFile(path)
            return
        if os.path.realpath(path) in self._done:
            return
        before = self.left_aside.total()
        empty = True
        for source in self._folder(path, above=()):
            empty = False
            yield source
        if empty:
            others = self.left_aside.total() - before
            beside = f" (only {others} of other kinds)" if others else ""
            kinds = ", ".join(sorted(self._endings))
            message = f"there is no file to load in this folder{beside}: what is read is {kinds}."
            yield FoundFile(path, InputError(message, path))

    def _matches(self, pattern: Path) -> Iterator[FoundFile]:
        root = Path(pattern.anchor or ".")
        parts = pattern.parts[1:] if pattern.anchor else pattern.parts
        try:
            found = sorted(root.glob("/".join(parts)))
        except (OSError, ValueError) as error:
            yield FoundFile(pattern, InputError(f"this pattern cannot be expanded: {error}.", pattern))
            return
        # As in a shell, a wildcard does not stand for what is hidden; a folder named before it may be.
        fixed = next((n for n, part in enumerate(parts) if _is_pattern(Path(part))), len(parts))
        if not any(map(_is_hidden, parts[fixed:])):
            found = [p for p in found if not any(map(_is_hidden, p.relative_to(root).parts[fixed:]))]
        if not found:
            yield FoundFile(pattern, InputError("no file is named like this: check the pattern.", pattern))
        for path in found:
            yield from self.expand(path)

    def _folder(self, folder: Path, above: tuple[str, ...]) -> Iterator[FoundFile]:
        real = os.path.realpath(folder)
        if real in above:
            yield FoundFile(
                folder,
                InputError(
                    "this link leads back to a folder above it, and is not followed: remove it.", folder
                ),
            )
            return
        if real in self._done:
            return
        self._done.add(real)
        try:
            children = sorted(folder.iterdir())
        except OSError as error:
            yield FoundFile(folder, unreadable(folder, error))
            return
        # A project that is a folder: what else lies in it are copies of its documents.
        project = [child for child in children if child.name.lower() in PROJECT_FILES and child.is_file()]
        if project:
            yield from map(FoundFile, project)
            return
        # The sources of a project of REFI-QDA that was unpacked are the project's.
        unpacked = any(child.suffix.lower() == ".qde" for child in children)
        for child in children:
            if _is_hidden(child.name):
                continue
            if is_backup(child):
                self._leave(child)
            elif os.path.isdir(child):  # noqa: PTH112
                if child.name.lower() == "sources" and unpacked:
                    continue
                yield from self._folder(child, (*above, real))
            elif is_lock(child):
                self._leave(child)
            elif child.suffix.lower() in self._endings or self._knows(child):
                yield FoundFile(child)
            else:
                self._leave(child)

    def _leave(self, path: Path) -> None:
        ending = path.suffix.lower()
        self.left_aside[ending] += 1
        if self.left_aside[ending] <= NAMED:
            self.left[ending].append(path)


def _is_hidden(name: str) -> bool:
    return name.startswith(".")


def _is_pattern(path: Path) -> bool:
    return any(sign in str(path) for sign in "*?[")
