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


# As QualCoder made it from database version 2 on; later versions add to it.
QUALCODER = """
CREATE TABLE project (databaseversion text, date text, memo text, about text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
    date text, unique(name));
CREATE TABLE code_image (imid integer primary key, id integer, x1 integer, y1 integer, width integer,
    height integer, cid integer, memo text, date text, owner text);
CREATE TABLE code_av (avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer,
    memo text, date text, owner text);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text,
    owner text, date text);
CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text,
    valuetype text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer,
    date text, owner text);
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer,
    owner text, date text, memo text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text);
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text,
    supercatid integer);
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer,
    pos1 integer, owner text, date text, memo text);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
    color text, unique(name));
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text);
"""
NEWER = """
ALTER TABLE code_text ADD important integer;
ALTER TABLE code_name ADD supercid integer;
CREATE TABLE graph (grid integer primary key, name text, description text, date text);
CREATE TABLE gr_cdct_line_item (glineid integer primary key, grid integer, fromcatid integer, fromcid integer,
    tocatid integer, tocid integer, color text, linewidth real, linetype text, isvisible integer, label text,
    arrow_mode text);
CREATE TABLE gr_free_line_item (gflineid integer primary key, grid integer, fromfreetextid integer,
    fromcatid integer, fromcid integer, fromcaseid integer, fromfileid integer, fromimid integer,
    fromavid integer, tofreetextid integer, tocatid integer, tocid integer, tocaseid integer,
    tofileid integer, toimid integer, toavid integer, color text, linewidth real, linetype text,
    label text, arrow_mode text);
CREATE TABLE gr_free_text_item (gfreeid integer primary key, grid integer, free_text text);
CREATE TABLE stored_sql (title text, description text, grouper text, ssql text);
"""


def qualcoder(
    folder: Path,
    files: dict[str, str],
    codes: Sequence[str],
    codings: Sequence[tuple[str, str, str, str]],
    more: Iterable[tuple[str, dict[str, Any]]] = (),
    *,
    schema: str = QUALCODER + NEWER,
    first: int = 1,
    order: int = 1,
) -> Path:
    """A project: texts by name, codes, codings (file, words, code, owner), and rows of other tables.

    Returns:
        Its database, in a folder of this name.
    """
    folder.mkdir(parents=True)
    names, labels = list(files)[::order], list(codes)[::order]
    file = {name: first + n for n, name in enumerate(names)}
    code = {name: first + n for n, name in enumerate(labels)}
    rows: list[tuple[str, dict[str, Any]]] = [
        ("project", {"databaseversion": "v17", "memo": "", "about": "QualCoder"})
    ]
    rows += [("source", {"id": id_, "name": name, "fulltext": files[name]}) for name, id_ in file.items()]
    rows += [("code_name", {"cid": id_, "name": name, "color": "#AA8800"}) for name, id_ in code.items()]
    for name, words, label, owner in list(codings)[::order]:
        start = files[name].index(words)
        place = {"pos0": start, "pos1": start + len(words), "seltext": words}
        rows.append(("code_text", {"cid": code[label], "fid": file[name], "owner": owner, **place}))
    return filled(folder / "data.qda", schema, [*rows, *more])
