"""The embedded engine: ArcadeDB in a process of its own, reached over Bolt on a loopback port."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import StoreDamaged, StoreUnavailable
from kb.store.accounts import USERS, ensure_accounts
from kb.store.files import damaged_files
from kb.store.process import DATABASE, PASSWORD_FILE, EngineProcess

if TYPE_CHECKING:
    from kb.store.bolt import Store

_DATABASES = "databases"  # the engine's own name in the folder


def open_embedded(folder: Path, *, create: bool = True, timeout: float = 0, damaged: bool = False) -> Store:
    """Start the engine on a folder and connect to it.

    Args:
        folder: Holds the engine's files, its log and a password that only its owner can read.
        create: Make the folder and the database where they are not there.
        timeout: The store's time bound for a read, in seconds; 0 for none.
        damaged: Open it even if files of it are gone or cut.

    Raises:
        StoreDamaged: They are.
        StoreUnavailable: The folder is not there (``create=False``) or cannot be written, or the
            engine has no build for this platform.
        StoreLocked: Another process uses the folder.
    """
    folder = folder.expanduser().absolute()
    if not create and not (folder / _DATABASES / DATABASE).is_dir():
        raise StoreUnavailable(
            f"There is no knowledge base in {folder} yet; load something first with "
            "`kb load PATH`, or name another folder with --db."
        )
    database = folder / _DATABASES / DATABASE
    if not damaged and (gone := damaged_files(folder, database) if folder.is_dir() else []):
        raise StoreDamaged(
            f"Files of the database in {folder} were removed or cut by something else than kb ({gone[0]}"
            f"{f' and {len(gone) - 1} more' if len(gone) > 1 else ''}); `kb load --rebuild` makes the graph "
            "anew from what is left of its sources, `kb restore --replace FILE` from a dump."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        password = _password(folder)
        ensure_accounts(folder, password)
    except OSError as error:
        raise StoreUnavailable(
            f"{folder} cannot be used as a database folder ({error.strerror}); name another with --db."
        ) from error
    process = EngineProcess(folder, password)
    try:
        # Only now: the engine starts while the driver is imported, which takes as long.
        from kb.store.bolt import Store
        from kb.store.engine import Engine
    except BaseException:
        process.kill()
        raise
    return Store(Engine(folder, password, process), timeout=timeout)


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
