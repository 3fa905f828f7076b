"""The embedded engine's two accounts: ``root``, which writes, and ``reader``, which cannot.

The engine keeps them in two files of its own (``config/server-users.jsonl``, a JSON object a line, and
``config/server-groups.json``), which kb writes before the engine starts: it has no statement for groups.
A hash is ``PBKDF2WithHmacSHA256$ROUNDS$SALT$HASH``, SALT and HASH in Base64, where the bytes of the
Base64 text are the salt (found by trial on 26.10.2).
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from pathlib import Path
from typing import Any

from kb.store.process import DATABASE

WRITER, READER = "root", "reader"
USERS = "config/server-users.jsonl"
_GROUPS = "config/server-groups.json"
# The password is 24 random bytes, which nobody guesses; with the usual 65,536 each login takes 0.1 s.
_ROUNDS = 1000
_RECORDS = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
_SETTINGS = ["updateSecurity", "updateSchema", "updateDatabaseSettings"]


def ensure_accounts(folder: Path, password: str) -> None:
    """Give the engine on a folder both accounts, with the same password; others in the files stay.

    Raises:
        OSError: The files cannot be written.
    """
    users = _lines(folder / USERS)
    wanted = {WRITER: {"*": ["admin"]}, READER: {DATABASE: [READER]}}
    missing = [name for name in wanted if name not in [user.get("name") for user in users]]
    if missing:
        new = [{"name": n, "databases": wanted[n], "password": _hash(password)} for n in missing]
        _write(folder / USERS, "".join(json.dumps(user) + "\n" for user in users + new))
    groups = _object(folder / _GROUPS) or {
        "databases": {"*": {"groups": {"admin": _group(_SETTINGS, _RECORDS), "*": _group([], [])}}},
        "version": 2,
    }
    mine = groups["databases"].setdefault(DATABASE, {}).setdefault("groups", {})
    reads = _group([], ["readRecord"])
    if mine.get(READER) != reads:
        mine[READER] = reads
        _write(folder / _GROUPS, json.dumps(groups, indent=2))


def _group(settings: list[str], records: list[str]) -> dict[str, Any]:
    return {
        "resultSetLimit": -1,
        "readTimeout": -1,
        "access": settings,
        "types": {"*": {"access": records}},
    }


def _hash(password: str) -> str:
    salt = base64.b64encode(secrets.token_bytes(32))
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, _ROUNDS)
    return f"PBKDF2WithHmacSHA256${_ROUNDS}${salt.decode()}${base64.b64encode(digest).decode()}"


def _lines(file: Path) -> list[dict[str, Any]]:
    """The users of a file that is there and whole; else none, and they are made anew."""
    try:
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (FileNotFoundError, ValueError):
        return []


def _object(file: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("databases"), dict) else None


def _write(file: Path, text: str) -> None:
    """Whole or not at all, and for its owner alone: another process may start on the same folder."""
    file.parent.mkdir(exist_ok=True)
    whole = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        handle.write(text)
    whole.replace(file)
