"""Projects of Taguette and QualCoder, put together for tests; all that is said in them is invented."""

from __future__ import annotations

import html
import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

TAGUETTE = """
CREATE TABLE users (login VARCHAR(30) NOT NULL PRIMARY KEY);
CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT, description TEXT, created DATETIME);
CREATE TABLE project_members (project_id INTEGER, user_login TEXT, privileges TEXT);
CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT, description TEXT, filename TEXT, created DATETIME,
    project_id INTEGER, text_direction TEXT, contents TEXT);
CREATE TABLE commands (id INTEGER PRIMARY KEY, date DATETIME, user_login TEXT, project_id INTEGER,
    document_id INTEGER, payload TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id INTEGER, path TEXT, description TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER,
    end_offset INTEGER, snippet TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
"""


def filled(path: Path, schema: str, rows: Iterable[tuple[str, dict[str, Any]]]) -> Path:
    """A database with these rows, each of a table."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(schema)
        for table, values in rows:
            marks = ", ".join("?" * len(values))
            db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", list(values.values()))
        db.commit()
    return path


def paragraphs(lines: Iterable[str]) -> str:
    """Lines as Taguette keeps them, a paragraph each."""
    return "\n".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)


def at_bytes(lines: Sequence[str], words: str) -> tuple[int, int]:
    """The offsets of words of a document of these lines, in bytes of its text nodes."""
    text = "\n".join(lines)
    start = text.index(words)
    return len(text[:start].encode()), len(text[: start + len(words)].encode())


def taguette(
    path: Path,
    documents: dict[str, list[str]],
    highlights: Sequence[tuple[str, str, list[str], str]],
    tags: dict[str, str],
    *,
    first: int = 1,
    order: int = 1,
) -> Path:
    """A project: documents' lines by name, highlights (document, words, tags, login), tags' descriptions.

    Args:
        first: The number of the first row of each table.
        order: -1 to write all rows the other way round.
    """
    names, paths = list(documents)[::order], list(tags)[::order]
    document = {name: first + n for n, name in enumerate(names)}
    tag = {name: first + n for n, name in enumerate(paths)}
    rows: list[tuple[str, dict[str, Any]]] = [
        ("projects", {"id": first, "name": "A study", "description": "Of bakers."}),
        *(("project_members", {"project_id": first, "user_login": who}) for who in ("ann", "bea")),
    ]
    for name, id_ in document.items():
        contents = paragraphs(documents[name])
        rows.append(
            (
                "documents",
                {"id": id_, "name": name, "description": "", "filename": name, "contents": contents},
            )
        )
    rows += [("tags", {"id": id_, "path": p, "description": tags[p]}) for p, id_ in tag.items()]
    for n, (name, words, given, login) in enumerate(list(highlights)[::order], first):
        start, end = at_bytes(documents[name], words)
        rows.append(
            ("highlights", {"id": n, "document_id": document[name], "start_offset": start, "end_offset": end,
                            "snippet": paragraphs(words.split("\n"))})
        )  # fmt: skip
        said = {"type": "highlight_add", "highlight_id": n, "tags": [tag[t] for t in given]}
        rows.append(("commands", {"user_login": login, "payload": json.dumps(said)}))
        rows += [("highlight_tags", {"highlight_id": n, "tag_id": tag[t]}) for t in given]
    return filled(path, TAGUETTE, rows)
