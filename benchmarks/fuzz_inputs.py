"""Files of every kind that kb reads, and changes of them, for `fuzz.py`."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import random
import sqlite3
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import reportlab.rl_config
from ruamel.yaml import YAML

from kb.ask.query import read_query
from kb.catalogue import load_catalogue
from kb.codebook import user_codebook
from kb.ingest.overrides import Overrides
from kb.ingest.overrides import parse as parse_file
from kb.ingest.people_table import read_participants
from kb.ingest.pseudonyms import read_pseudonyms
from kb.relations import load_relations
from kb.store.dump import read as read_dump
from kb.suggest.cues import load_cues
from loaders import detect

ROOT = Path(__file__).resolve().parents[1]
STRUCK = ("document.xml", "content.xml", "comments.xml", "sheet1.xml", "sharedStrings.xml", ".qde", ".txt")
sys.path.insert(0, str(ROOT))
reportlab.rl_config.pageCompression = 0  # so that what a page draws can be changed

from tests.refi_factory import Source, Study, Writer  # noqa: E402
from tests.unit import projects  # noqa: E402
from tests.unit.delve_pdf_factory import DelvePrint, Said  # noqa: E402
from tests.unit.test_tables import TOOLS, write_csv, write_xlsx  # noqa: E402
from tests.unit.transcript_containers import FORMS  # noqa: E402
from tests.unit.transcript_forms import TALKS  # noqa: E402

PIECES = tuple(
    piece.encode()
    for piece in (
        "!!int x", "!!set {a}", "!!python/object/apply:os.system [ls]", "[" * 400, "{a: " * 400, "&x [*x]",
        "*x", "<v ", "<v a>", "-->", "00:00:00.000", "/*", "\\'", "'", '"', "`", "// a = [", "$x", "_", ": ",
        "\n\n", "\t", "\x00", "\ufeff", "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1"),
        "\u2028", "\u202e", "é́", "9" * 400, "2001-99-99", ".inf", "~", "- ", "? ", "<<: 3", "|99",
        "%YAML 9", "---", "]]>", "&#0;", "{}", "null", "**", "[a]", "(fix)", "1e999", "\r", " " * 3000,
        "(" * 3000, "a" * 3000, "<w:p>" * 400, "</w:p>", "<w:tbl>", "<w:br/>", "<a>" * 3000, "<!--",
        "<![CDATA[",
        "<!DOCTYPE a [<!ENTITY b 'bb'>]>", "&b;", "<text:s text:c='999999999'/>", "{" * 400, "}", "\\par ",
        "\\u-99999?", "\\bin999999999 ", "\\'zz", "\\ansicpg99999", "q " * 400, "Q ", "BT ", "ET ", "(a) Tj ",
        "9e99 0 0 9e99 0 0 cm ", "0 0 0 0 0 0 Tm ", "-1e-9 Tf ", "<<" * 400, ">>", "endobj", "stream",
        "/Kids[1 0 R]",
        "1 0 R", ";;;", ",,,", '""', "=1+1", "\ufffe",
    )
)  # fmt: skip


def parsed(path: Path) -> None:
    """Read a source to its end."""
    for _ in detect(path).parse(path):
        pass


def parsed_whole(path: Path) -> None:
    """Read a source to its end, and check what it says, as a load does."""
    for _ in parse_file(path, Overrides())[1]:
        pass


def read_whole_dump(path: Path) -> None:
    """Read a dump to its end."""
    for _ in read_dump(path):
        pass


Original = tuple[str, bytes, Callable[[Path], object]]


def originals() -> dict[str, list[Original]]:
    """Name and content of the files of each kind, with what reads them."""
    data = ROOT / "data"
    kinds: dict[str, list[Original]] = defaultdict(list)

    def add(kind: str, name: str, content: bytes, read: Callable[[Path], object]) -> None:
        kinds[kind].append((name, content, read))

    as_json: tuple[tuple[Path, str, Callable[[Path], object]], ...] = (
        (data / "codebook.yaml", "codebook", user_codebook),
        (data / "catalogue.yaml", "catalogue", load_catalogue),
        *((path, "relations", load_relations) for path in sorted((data / "relations").glob("*.yaml"))),
    )
    for path, kind, read in as_json:
        add(kind, path.name, path.read_bytes(), read)
        document = YAML(typ="safe").load(path)
        add(f"{kind} in JSON", path.name, json.dumps(document, indent=1).encode(), read)
    for separator, kind in ((",", "csv"), (";", "csv"), ("\t", "tsv")):
        rows = ["Code,Kind,Category,Same as,Description", 'Flour,issue,Bread,"Flours",damp', "Rye,fix,,,"]
        text = "\n".join(rows * 1 + [f"Code {n},issue,Bread,,{n}" for n in range(30)]).replace(",", separator)
        for encoding in ("utf-8", "utf-16"):
            add("codebook in CSV", f"codebook.{kind}", text.encode(encoding), user_codebook)
    for path in sorted((data / "cues").glob("*.yaml")):
        add("cues", path.name, path.read_bytes(), load_cues)
    for path in sorted((ROOT / "cypher").glob("*.cypher")):
        add("queries", path.name, path.read_bytes(), read_query)
    for path in sorted((data / "interviews").iterdir()):
        add(f"samples {path.suffix[1:]}", path.name, path.read_bytes(), parsed)
    for form in FORMS.values():
        for language in ("en", "de"):
            if file := form(TALKS[language]):
                content = file.content.encode() if isinstance(file.content, str) else file.content
                add(file.name.rpartition(".")[2], f"Interview 7{file.name[1:]}", content, parsed)
    said = [
        Said("How do you bake?", "Interviewer"),
        Said("The flour is damp, so it tears.", "Ina", ("Damp flour", "Torn crust"), "flour is damp"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        saved = DelvePrint(said * 6).save(Path(folder) / "x.pdf").read_bytes()
    add("delve pdf", "Interview 7 - Ada.pdf", saved, parsed)
    with tempfile.TemporaryDirectory() as folder:
        for kind, path, reader in _projects_and_tables(Path(folder)):
            add(kind, path.name, path.read_bytes(), reader)
    return kinds


def _projects_and_tables(folder: Path) -> Iterator[tuple[str, Path, Callable[[Path], object]]]:
    """The kind of each file, the file, written into this folder, and what reads it."""
    lines = ["Interviewer: How do you bake?", "Ina: The flour is damp, so it tears.", "Ina: We dry it."] * 4
    text = "\n".join(lines)
    at = text.index("flour is damp")
    passages = [(at, at + 13, "Damp flour", "Ada"), (at, at + 30, "Torn crust", "Ben")]
    study = Study([Source("Interview 7.txt", text, passages)], parents={"Damp flour": "Flour"})
    refi = Writer().write(folder / "study.qdpx", study)
    yield "qdpx", refi, parsed_whole
    with zipfile.ZipFile(refi) as archive:
        qde = archive.read("project.qde")
    (folder / "study.qde").write_bytes(qde)
    yield "qde", folder / "study.qde", parsed_whole
    codes = qde[qde.index(b"<CodeBook>") : qde.index(b"</CodeBook>") + 11]
    named = codes.replace(b"<CodeBook>", b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0">')
    (folder / "codes.qdc").write_bytes(b'<?xml version="1.0" encoding="utf-8"?>' + named)
    yield "qdc", folder / "codes.qdc", user_codebook
    words = "The flour is damp"
    marked = [("Interview 7", words, ["issue.damp"], "ann"), ("Interview 7", "We dry it", ["fix"], "bea")]
    taguette = projects.taguette(
        folder / "study.sqlite3", {"Interview 7": lines}, marked, {"issue.damp": "wet", "fix": ""}
    )
    yield "sqlite3", taguette, parsed_whole
    coded = [("Interview 7.txt", words, "Damp flour", "Ada"), ("Interview 7.txt", "We dry it", "Dry", "Ben")]
    data = projects.qualcoder(folder / "study.qda", {"Interview 7.txt": text}, ["Damp flour", "Dry"], coded)
    yield "qda", data, parsed_whole
    for n, (source, kind) in enumerate(((refi, "qdpx"), (taguette, "sqlite3"), (data, "qda"))):
        records = folder / f"records{n}.jsonl"
        said = (record.model_dump_json(exclude_none=True) for record in parse_file(source, Overrides())[1])
        records.write_text("".join(f"{line}\n" for line in said), encoding="utf-8")
        yield f"jsonl of {kind}", records, parsed_whole
    people = [
        ["Name", "Interview", "Sector", "Years"],
        ["Ina", "7", "bread; rye", "12,5"],
        ["Jo", "8", "", "3"],
    ]
    names = [["name", "pseudonym", "exact"], ["Ina Ohm", "Person 1", ""], ["Rye & Sons", "Firm 2", "x"]]
    links = [["Cause", "Effect", "Quote", "Interview"], ["Damp flour", "Torn crust", words, "7"]]
    tables: list[tuple[str, list[list[str]], Callable[[Path], object]]] = [
        ("participants", people, read_participants),
        ("pseudonyms", names, read_pseudonyms),
        ("codebook", [["Code", "Kind", "Same as"], ["Damp flour", "issue", "Wet"]], user_codebook),
        ("relations", links, parsed_whole),
        *((tool, [header, row, row], parsed_whole) for tool, (header, row, _) in TOOLS.items()),
    ]
    for name, rows, read in tables:
        kind = name if name in ("participants", "pseudonyms", "codebook") else "table"
        stem = f"{name}-table"
        yield f"{kind} in csv", write_csv(folder / f"{stem}.csv", rows), read
        yield f"{kind} in tsv", write_csv(folder / f"{stem}.tsv", rows, "\t", "utf-16"), read
        yield f"{kind} in xlsx", write_xlsx(folder / f"{stem}.xlsx", {"Sheet": rows}), read

    causal = {
        "links": [["from_label", "to_label", "statement_id", "quote", "source_id", "hashtags"],
                  ["Flour; Damp flour", "~Whole crust", "1", words, "Interview 7", "explicit"],
                  ["Dry", "Damp flour", "2", "We dry it", "Interview 7", ""]],
        "statements": [["statement_id", "text", "source_id"],
                       ["1", "The flour is damp, so it tears.", "Interview 7"],
                       ["2", "We dry it.", "Interview 7"]],
        "sources": [["source_id", "title", "sector"], ["Interview 7", "Interview 7", "bread"]],
        "factors": [["factor_id", "label"], ["1", "Damp flour"]],
    }  # fmt: skip
    yield "Causal Map", write_xlsx(folder / "map.xlsx", causal), parsed_whole
    (folder / "study.kb.gz").write_bytes(gzip.compress(_dump(), mtime=0))
    yield "dump", folder / "study.kb.gz", read_whole_dump


def _dump() -> bytes:
    """The lines of a dump, as docs/backup.md describes it, with a value of each kind."""
    values = [
        1, -1.5, "flour", True, ["a", "b"], [1, 2], {"date": "2024-02-29"}, {"time": "12:00:00"},
        {"datetime": "2024-02-29T12:00:00+02:00"}, {"duration": [1, 2, 3, 4]}, {"point": [4326, 1.0, 2.0]},
        {"bytes": "AAEC"}, {"float": "nan"},
    ]  # fmt: skip
    lines: list[dict[str, object]] = [{"format": "kb-graph", "version": 1, "kb": "0.1.0", "digest": "0" * 64}]
    for n, value in enumerate(values):
        lines.append(
            {"labels": ["Turn", "Mine"][: 1 + n % 2], "properties": {"id": f"7:{n}", "value": value}}
        )
    for n in range(len(values) - 1):
        lines.append({"type": "NEXT", "start": n, "end": n + 1, "properties": {"value": values[n]}})
    return ended(b"".join(json.dumps(line).encode() + b"\n" for line in lines), len(values), len(values) - 1)


def ended(lines: bytes, nodes: int, edges: int) -> bytes:
    """The lines of a dump with the last one, which says that it is whole."""
    last = {"nodes": nodes, "edges": edges, "sha256": hashlib.sha256(lines).hexdigest()}
    return lines + json.dumps(last).encode() + b"\n"


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """The file with some of its bytes gone, doubled, changed or mixed with pieces."""
    data = bytearray(raw[: chance.randint(1, len(raw))] if chance.random() < 0.2 else raw)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 5, 50, 500)))
        what = chance.randrange(5)
        if what == 0:
            del data[at:end]
        elif what == 1:
            data[at:at] = data[at:end] * chance.choice((1, 2, 50))
        elif what == 2 and at < len(data):
            data[at] = chance.randrange(256)
        else:
            data[at:at] = chance.choice(PIECES) * chance.choice((1, 1, 1, 2, 200))
    return bytes(data)


def changed(raw: bytes, chance: random.Random) -> bytes:
    """A file mutated; of an archive mostly its parts, of a database its values, of a packed text the text."""
    if raw.startswith(b"SQLite") and chance.random() < 0.8:
        return _other_values(raw, chance)
    if raw.startswith(b"\x1f\x8b") and chance.random() < 0.8:
        lines = mutated(gzip.decompress(raw), chance)
        if chance.random() < 0.7:  # as somebody would make it: with a last line that fits
            lines = lines.rstrip(b"\n").rpartition(b"\n")[0] + b"\n"
            lines = ended(lines, lines.count(b'"labels"'), lines.count(b'"type"'))
        return gzip.compress(lines, 1, mtime=0)
    if not raw.startswith(b"PK") or chance.random() < 0.2:
        return mutated(raw, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        names = before.namelist()
        weights = [10 if name.endswith(STRUCK) else 1 for name in names]
        struck = set(chance.choices(names, weights, k=chance.choice((1, 1, 2))))
        for name in names:
            part = before.read(name)
            if name not in struck:
                after.writestr(name, part)
            elif chance.random() < 0.95:
                after.writestr(name, mutated(part, chance))
    return out.getvalue()


def _other_values(raw: bytes, chance: random.Random) -> bytes:
    """A database of which some values are others, of other types too."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(raw)
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in tables if db.execute(f'SELECT 1 FROM "{name}"').fetchone()]
        for _ in range(chance.choice((1, 1, 2, 8))):
            table = chance.choice(tables)
            column = chance.choice([row[1] for row in db.execute(f'PRAGMA table_info("{table}")')])
            rows = db.execute(f'SELECT rowid, "{column}" FROM "{table}"').fetchall()
            if not rows:
                continue
            row, old = chance.choice(rows)
            text = mutated(str(old).encode(), chance) if old not in (None, "") else chance.choice(PIECES)
            new = chance.choice(
                (None, -1, 2**62, -(2**63), 1e308, b"\xff\x00", *[text.decode("utf-8", "ignore")] * 6)
            )
            try:
                db.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (new, row))
            except sqlite3.Error:  # a key that is there already, or no number
                continue
        db.commit()
        return db.serialize()
