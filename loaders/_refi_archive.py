"""The files of a REFI-QDA project: an archive (``.qdpx``), or a ``.qde`` beside its folder of sources.

Nothing is ever unpacked to disk, a path in the project leads to members of the archive only, and what a
member may hold is bounded.
"""

from __future__ import annotations

import codecs
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import unquote

from kb.errors import InputError
from loaders._text import MAX_LINE_BYTES, check_file, unreadable

_MAX_PROJECT = 512 * 2**20  # of the XML, which is read as a stream
_MAX_TEXT = 16 * 2**20  # of one source: more than a hundred hours of talk
_MAX_TEXTS = 128 * 2**20  # what is read is kept until the project is done
_MAX_MEMBERS = 500_000
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError, ValueError)
_ANEW = "export it anew."


class Archive:
    """A project's files; use `opened`.

    Args:
        path: The project, for errors.
        project: Its XML.
        encoding: Of texts that are not UTF-8, as the user says.
    """

    def __init__(self, path: Path, project: IO[bytes], encoding: str | None) -> None:
        self.path = path
        self.project = project
        self._encoding = encoding
        self._read = 0

    def text(self, reference: str) -> tuple[str, bool] | None:
        """The text that a path of the project (``internal://GUID.txt``) names, and whether it has a BOM.

        None if it is not in the archive: it lies elsewhere, on the analyst's own computer.

        Raises:
            InputError: It is broken, larger than a text can be, or no text.
        """
        scheme, found, rest = reference.strip().replace("\\", "/").partition("://")
        if found and scheme.lower() not in ("internal", "relative"):
            return None
        name = unquote(PurePosixPath(rest if found else scheme).name)
        raw = self._bytes(name) if name else None
        return None if raw is None else self._decoded(raw, name)

    def own(self, name: str) -> str | None:
        """A text that kb itself put into the archive; None if there is none."""
        raw = self._bytes(name)
        return None if raw is None else raw.decode("utf-8", "replace")

    def _bytes(self, name: str) -> bytes | None:
        raise NotImplementedError

    def _bounded(self, size: int, name: str) -> None:
        self._read += size
        if size > _MAX_TEXT or self._read > _MAX_TEXTS:
            raise InputError(
                f"its text {name} is larger than interviews are ({size // 2**20} MB; all that was read "
                f"before, {self._read // 2**20} MB): take it out of the project.",
                self.path,
            )

    def _decoded(self, raw: bytes, name: str) -> tuple[str, bool]:
        marked = raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        encoding = "utf-16" if marked and not raw.startswith(codecs.BOM_UTF8) else "utf-8-sig"
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError as error:
            text = self._as_said(raw, name, error)
        if "\0" in text:
            raise InputError(f"its text {name} is no text: {_ANEW}", self.path)
        if any(len(line) > MAX_LINE_BYTES for line in text.splitlines()):
            raise InputError(f"its text {name} has a line longer than 1 MB, which no text has.", self.path)
        return text, marked

    def _as_said(self, raw: bytes, name: str, wrong: UnicodeDecodeError) -> str:
        try:
            if self._encoding:
                return raw.decode(self._encoding)
        except (UnicodeDecodeError, LookupError):
            pass
        raise InputError(
            f"its text {name} is not UTF-8, which the format asks for (byte {wrong.start}): say what it is, "
            "such as --encoding cp1252, or export it anew.",
            self.path,
        ) from wrong


class _Zip(Archive):
    """Members of a ``.qdpx``, by their names in any case."""

    def __init__(
        self,
        path: Path,
        archive: zipfile.ZipFile,
        project: IO[bytes],
        members: list[str],
        encoding: str | None,
    ) -> None:
        super().__init__(path, project, encoding)
        self._archive = archive
        self._members: dict[str, str] = {}
        for member in members:
            self._members.setdefault(_plain(member), member)

    def _bytes(self, name: str) -> bytes | None:
        member = self._members.get(_plain(name))
        if member is None:
            return None
        self._bounded(self._archive.getinfo(member).file_size, name)
        try:
            return self._archive.read(member)
        except _BROKEN as error:
            raise InputError(f"its member {member} is damaged or locked: {_ANEW}", self.path) from error


class _Folder(Archive):
    """The folder of sources beside a ``.qde``, of whose names none leads out of it."""

    def _bytes(self, name: str) -> bytes | None:
        for folder in ("sources", "Sources"):
            try:
                home = (self.path.parent / folder).resolve()
                file = (home / name).resolve()
                if not file.is_file() or not file.is_relative_to(home):
                    continue
                self._bounded(file.stat().st_size, name)
                return file.read_bytes()
            except OSError as error:
                raise unreadable(self.path.parent / folder / name, error) from error
        return None


@contextmanager
def opened(path: Path, encoding: str | None = None) -> Iterator[Archive]:
    """A project, checked before anything in it is read.

    Raises:
        InputError: No such file, no archive, without a project, or one that would fill the memory.
    """
    check_file(path)
    if path.suffix.lower() == ".qde":
        with path.open("rb") as file:
            yield _Folder(path, file, encoding)
        return
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise InputError(
            "it is no archive, or one that was cut off, so no project can be read from it: "
            f"copy it again or {_ANEW}",
            path,
        ) from error
    with archive:
        member, members = _checked(path, archive)
        try:
            project = archive.open(member)
        except _BROKEN as error:
            raise InputError(f"its member {member} is damaged or locked: {_ANEW}", path) from error
        with project:
            yield _Zip(path, archive, _Guarded(project, path, member), members, encoding)  # type: ignore[arg-type]


class _Guarded:
    """A member of an archive of which a part may be broken."""

    def __init__(self, file: IO[bytes], path: Path, member: str) -> None:
        self._file, self._path, self._member = file, path, member

    def read(self, size: int = -1) -> bytes:
        """As a file's.

        Raises:
            InputError: This part is broken.
        """
        try:
            return self._file.read(size)
        except _BROKEN as error:
            raise InputError(
                f"its member {self._member} is damaged or locked: {_ANEW}", self._path
            ) from error


def has_project(path: Path) -> bool:
    """Whether the file is an archive with a project in it; never raises."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.lower().endswith(".qde") for name in archive.namelist())
    except _BROKEN:
        return False


def _checked(path: Path, archive: zipfile.ZipFile) -> tuple[str, list[str]]:
    """The project's XML, and all members."""
    infos = archive.infolist()
    if len(infos) > _MAX_MEMBERS:
        raise InputError("it holds more files than a project has: export it anew.", path)
    members = []
    for info in infos:
        parts = info.filename.replace("\\", "/").split("/")
        if ".." in parts or not parts[0] or ":" in parts[0]:
            raise InputError(
                f"its member {info.filename[:80]!r} leads out of the archive, which no program writes: "
                "export it anew.",
                path,
            )
        if "__MACOSX" not in parts and parts[-1] and not parts[-1].startswith("._"):
            members.append(info.filename)
    projects = sorted(
        (name for name in members if name.lower().endswith(".qde")),
        key=lambda name: (name.count("/"), PurePosixPath(name).name.lower() != "project.qde", name),
    )
    if not projects:
        raise InputError(
            "there is no project (project.qde) in it: in the program that wrote it, export the project "
            "as REFI-QDA.",
            path,
        )
    if archive.getinfo(projects[0]).file_size > _MAX_PROJECT:
        raise InputError("its project.qde is larger than 512 MB: split the project.", path)
    return projects[0], [name for name in members if name not in projects]


def _plain(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name.lower().replace("{", "").replace("}", "")
