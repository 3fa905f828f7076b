"""The embedded engine: ArcadeDB in a process of its own, reached over Bolt on a loopback port."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import StoreDamaged, StoreError, StoreUnavailable
from kb.store import light, swap
from kb.store.accounts import USERS, ensure_accounts
from kb.store.files import damaged_files, remembers_files
from kb.store.process import DATABASE, PASSWORD_FILE, EngineProcess

if TYPE_CHECKING:
    from kb.store.bolt import Store

_DATABASES = "databases"  # the engine's own name in the folder
_FOLDERS = (_DATABASES, "backups", "config", "log")  # all that it makes there


def open_embedded(
    folder: Path,
    *,
    create: bool = True,
    timeout: float = 0,
    damaged: bool = False,
    meanwhile: Callable[[], object] = lambda: None,
) -> Store:
    """Start the engine on a folder and connect to it.

    Args:
        folder: Holds the engine's files, its log and a password. Only its owner can read them: the
            transcripts are in them. A folder that holds other things as well keeps its rights; what
            the engine has in it is closed.
        create: Make the folder and the database where they are not there.
        timeout: The store's time bound for a read, in seconds; 0 for none.
        damaged: Open it even if files of it are gone or cut.
        meanwhile: Called once, while the engine starts.

    Raises:
        StoreDamaged: They are.
        StoreError: The folder can only be read (``create=True``).
        StoreUnavailable: The folder is not there (``create=False``) or cannot be made, or the
            engine has no build for this platform.
        StoreLocked: Another process uses the folder.
    """
    folder = folder.expanduser().absolute()
    with suppress(OSError):  # a folder that cannot be written; what is wrong with it is told below
        swap.settle(folder)
    database = folder / _DATABASES / DATABASE
    if not damaged and not database.is_dir() and remembers_files(folder):
        raise StoreDamaged(
            f"The database in {folder} was removed by something else than kb: `kb restore --replace FILE` "
            "brings it back from a dump; without one, remove the folder and load your files anew with "
            "`kb load PATH`."
        )
    if not damaged and (gone := damaged_files(folder, database)):
        raise StoreDamaged(
            f"Files of the database in {folder} were removed or cut by something else than kb ({gone[0]}"
            f"{f' and {len(gone) - 1} more' if len(gone) > 1 else ''}); `kb load --rebuild` makes the graph "
            "anew from what is left of its sources, `kb restore --replace FILE` from a dump."
        )
    if not create and not database.is_dir():
        raise StoreUnavailable(
            f"There is no knowledge base in {folder} yet; load something first with "
            "`kb load PATH`, or name another folder with --db."
        )
    try:
        str(folder).encode()
    except UnicodeEncodeError as error:
        raise StoreUnavailable(
            f"The name of {folder} is not UTF-8: name another folder with --db."
        ) from error
    original = None
    if database.is_dir() and not _writable(folder):
        if create:
            raise StoreError(
                f"{folder} can only be read, which is enough for questions: give yourself the right to write "
                "there, or name another folder with --db."
            )
        original, folder = folder, _copied(folder)
    try:
        _close(folder)
        password = _password(folder)
        ensure_accounts(folder, password)
    except OSError as error:
        raise StoreUnavailable(
            f"{folder} cannot be used as a database folder ({error.strerror}); name another with --db."
        ) from error
    process = EngineProcess(folder, password)
    try:
        # Only now: the engine starts while the driver is imported, which takes as long.
        light.ready()
        from kb.store.bolt import Store
        from kb.store.engine import Engine

        meanwhile()
    except BaseException:
        process.kill()
        raise
    store = Store(Engine(folder, password, process, original), timeout=timeout)
    if (folder / swap.BESIDE).is_dir():  # of a restore that was killed: a living one holds the engine's lock
        swap.drop(folder)
    return store


def _writable(folder: Path) -> bool:
    """Whether the engine can work there: even to read, it writes a lock and a log."""
    return os.access(folder, os.W_OK) and os.access(folder / _DATABASES / DATABASE, os.W_OK)


def _copied(folder: Path) -> Path:
    """A copy of the database, for its reader alone, in the system's temporary folder.

    Raises:
        StoreUnavailable: It cannot be read, or there is no room for the copy.
    """
    copy = Path(tempfile.mkdtemp(prefix="kb-"))  # 0700
    try:
        shutil.copytree(folder / _DATABASES, copy / _DATABASES)
    except OSError as error:  # `shutil.Error` too
        shutil.rmtree(copy, ignore_errors=True)
        raise StoreUnavailable(
            f"{folder} can be neither written nor read whole: allow it for your user, or name another with "
            "--db."
        ) from error
    return copy


def _close(folder: Path) -> None:
    """Make the folder if it is not there, and let nobody but its owner into the engine's files.

    Raises:
        OSError: The folder cannot be made.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    closed = [folder / name for name in _FOLDERS]
    for path in closed:
        path.mkdir(mode=0o700, exist_ok=True)
    own = {*_FOLDERS, PASSWORD_FILE, "files.json", swap.BESIDE}
    if all(child.name in own or child.name.startswith("names") for child in folder.iterdir()):
        closed.append(folder)
    for path in closed:
        with suppress(OSError):  # another user's, or a file system without rights
            if path.stat().st_mode & 0o077:
                path.chmod(0o700)


def _password(folder: Path) -> str:
    """The password beside the database; the engine keeps that of its first start.

    Where the file is lost or damaged, a new one is made and the engine's list of users, which holds
    the old one, is dropped with it: who may write to the folder owns the graph anyway.
    """
    file = folder / PASSWORD_FILE
    try:
        password = file.read_text(encoding="ascii").strip()
        if password:
            return password
        file.unlink()
    except FileNotFoundError:
        pass
    except UnicodeDecodeError:
        file.unlink()
    (folder / USERS).unlink(missing_ok=True)
    # Whole or not there at all: another process may start on the same new folder.
    whole = folder / f"{PASSWORD_FILE}.{os.getpid()}"
    with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        handle.write(secrets.token_urlsafe(24))
    try:
        os.link(whole, file)
    except FileExistsError:
        pass  # the other one was first, and its password counts
    except OSError:  # a file system without links
        whole.replace(file)
    finally:
        whole.unlink(missing_ok=True)
    return file.read_text(encoding="ascii").strip()
