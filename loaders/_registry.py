"""Which loaders there are: kb's own modules, and those that other packages add.

A package adds one by an entry point of the group ``kb.loaders``, which names a module (or any object)
that has what `loaders.Loader` says. One that cannot be used is named and left out; the others work.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, Protocol, cast

from kb.errors import InputError
from kb.records import AnyRecord

GROUP = "kb.loaders"
# After kb's own formats, where several sources of one interview are aligned.
_RANK = 100


class Loader(Protocol):
    """What a loader says of itself, and does.

    Attributes:
        FORMAT: Its name, as in `kb.records.Source.format`.
        ENDINGS: Endings of the files it takes from a folder, in small letters (``.vtt``).
        MAYBE: Endings of files of many kinds (``.json``): from a folder it takes those that it detects. May
            be left out.
        RANK: Where an interview has several sources, the turns of the one with the lowest rank count;
            kb's own have 10 (the tool's own cut of the turns) to 40 (a noisy conversion).
        OPTIONS: Which options its `parse` takes: ``interviewers``, ``interviewees`` (labels of those who ask
            and answer), ``codebook`` (labels of the study), ``encoding`` (of text that is not UTF-8).
        READS: What it reads, as a phrase: ``captions (.vtt, .srt)``.
    """

    FORMAT: str
    ENDINGS: frozenset[str]
    RANK: int
    OPTIONS: frozenset[str]
    READS: str

    def detect(self, path: Path) -> bool:
        """Whether the file looks like this format, by its name and first few kilobytes; never raises."""

    @property
    def parse(self) -> Callable[..., Iterator[AnyRecord]]:
        """Called with the path and the options: the file's records, as they are read.

        Raises `kb.errors.InputError`, with line or page, where the file is broken.
        """


class PlugIn:
    """Another package's loader, whose mistakes are its own: they end no load but the one file's.

    Args:
        point: The entry point.
        failed: Told of a `detect` that raises.

    Raises:
        Exception: Whatever its import raises; `AttributeError` if something is missing.
    """

    def __init__(self, point: EntryPoint, failed: Callable[[str, Exception], None]) -> None:
        self._loader: Any = point.load()
        self._name = _called(point)
        self._failed = failed
        self.FORMAT = str(self._loader.FORMAT)
        self.ENDINGS = frozenset(str(ending).lower() for ending in self._loader.ENDINGS)
        self.MAYBE = _maybe(self._loader)
        self.READS = str(self._loader.READS)
        self.RANK = int(getattr(self._loader, "RANK", _RANK))
        self.OPTIONS = frozenset(getattr(self._loader, "OPTIONS", ()))
        for name in ("detect", "parse"):
            getattr(self._loader, name)

    def detect(self, path: Path) -> bool:
        """As the plug-in says; no if it fails."""
        try:
            return bool(self._loader.detect(path))
        except Exception as error:
            self._failed(self._name, error)
            return False

    def parse(self, path: Path, **options: Collection[str] | str | None) -> Iterator[AnyRecord]:
        """As the plug-in does; what it raises, or yields that is no record, is an error of the file."""
        try:
            for record in cast(Iterable[object], self._loader.parse(path, **options)):
                if not isinstance(record, AnyRecord):
                    raise InputError(
                        f"the loader {self._name} yields {type(record).__name__}, no record.", path
                    )
                yield record
        except (InputError, MemoryError):
            raise
        except Exception as error:
            raise InputError(
                f"the loader {self._name} fails on it ({_said(error)}); tell those who make it.", path
            ) from error


class Registry:
    """The loaders, in the order they are asked: plug-ins first, since kb's last one takes any text.

    Args:
        modules: Names of kb's own, in the order they are asked.

    Attributes:
        broken: A sentence for each plug-in that cannot be used.
    """

    def __init__(self, modules: Sequence[str]) -> None:
        own = [cast(Loader, import_module(f"loaders.{name}")) for name in modules]
        self.broken: list[str] = []
        added: list[Loader] = []
        taken = {loader.FORMAT for loader in own}
        for point in sorted(entry_points(group=GROUP), key=lambda p: (p.name, p.value)):
            try:
                loader: Loader = PlugIn(point, self._fail)
            except Exception as error:
                self._fail(_called(point), error)
                continue
            if loader.FORMAT in taken:
                self.broken.append(
                    f"the loader {_called(point)} is not used: {loader.FORMAT} is read already."
                )
                continue
            taken.add(loader.FORMAT)
            added.append(loader)
        self.loaders = (*added, *own)

    def _fail(self, name: str, error: Exception) -> None:
        sentence = f"the loader {name} cannot be used ({_said(error)}): mend or uninstall it."
        if sentence not in self.broken:
            self.broken.append(sentence)

    @property
    def endings(self) -> frozenset[str]:
        """Of the files that are taken from folders."""
        return frozenset().union(*(loader.ENDINGS for loader in self.loaders))

    def may_know(self, path: Path) -> bool:
        """Whether a file has an ending that may be anything, so that it has to be looked into."""
        return any(path.suffix.lower() in _maybe(loader) for loader in self.loaders)

    def knows(self, path: Path) -> bool:
        """Whether a file of an ending that may be anything is one that a loader reads."""
        ending = path.suffix.lower()
        return any(ending in _maybe(loader) and loader.detect(path) for loader in self.loaders)

    @property
    def reads(self) -> str:
        """All that is read, as a list in words."""
        *most, last = dict.fromkeys(loader.READS for loader in self.loaders)
        return f"{', '.join(most)} and {last}" if most else last

    def rank(self, format_: str) -> int:
        """The rank of a format; one whose loader is not here comes last."""
        return next((loader.RANK for loader in self.loaders if format_ == loader.FORMAT), 2 * _RANK)


def _maybe(loader: object) -> frozenset[str]:
    return frozenset(str(ending).lower() for ending in getattr(loader, "MAYBE", ()))


def _called(point: EntryPoint) -> str:
    package = point.dist.name if point.dist else point.value
    return f"{point.name} of {package}"


def _said(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())
