"""The pack for Neo4j Browser and Bloom: what is in it, and that it is the same each time."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from kb.ask.query import Query, query_paths, read_query
from kb.browser.favourites import PARAMETERS, favourite, favourites, parameters
from kb.browser.grass import grass
from kb.browser.guide import SLIDES, guide_asciidoc, guide_html
from kb.browser.pack import ABOUT, write_pack
from kb.browser.perspective import perspective
from kb.browser.serve import pack_server
from kb.errors import ExportError, UsageError
from kb.figure.kinds import KINDS
from kb.figure.style import THEMES, head_of, node_style
from kb.schema import EDGES, NODES
from kb.store.guard import writes
from kb.text.cypher import parameters as parameters_of

QUERIES = [read_query(path) for path in query_paths().values()]


def rules(sheet: str) -> dict[str, dict[str, str]]:
    """Read a style sheet as Neo4j Browser does: a value ends at its second colon, there are no comments."""
    found = {}
    for selector, body in re.findall(r"([^{}]+)\{((?:'[^']*'|[^{}'])*)\}", sheet):
        properties = (line.split(":")[:2] for line in body.split(";") if line.strip())
        found[re.sub(r"\s", "", selector)] = {key.strip(): value.strip() for key, value in properties}
    return found


def test_the_style_has_the_colours_of_the_figures() -> None:
    sheet = rules(grass())
    for kind, label in KINDS:
        style = node_style(kind, THEMES["light"])
        rule = sheet[f"node.{label}"]
        assert (rule["color"], rule["border-color"]) == (style.fill, style.stroke)
    assert sheet["relationship.HAS_FIX"]["color"] == head_of("HAS_FIX", THEMES["light"])[0]


def test_the_style_names_every_type_of_edge_and_captions_by_properties_that_exist() -> None:
    sheet = rules(grass())
    assert {f"relationship.{edge.type}" for edge in EDGES} <= set(sheet)
    properties = {label: {node.key, *node.properties} for node in NODES for label in (node.label, *node.also)}
    for _, label in KINDS:
        used = re.findall(r"\{(\w+)\}", sheet[f"node.{label}"]["caption"])
        assert used
        assert set(used) <= properties[label]


def test_the_most_telling_label_decides() -> None:
    # A later rule overrides an earlier one, and an issue is a concept and a code too.
    order = list(rules(grass()))
    for label in ("Issue", "Fix", "Cause", "Topic"):
        assert order.index(f"node.{label}") > order.index("node.Code") > order.index("node.Concept")


def unzipped(file: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_each_query_is_a_favourite_in_the_folder_of_its_topic() -> None:
    files = unzipped(favourites(QUERIES))
    for query in QUERIES:
        lines = files.pop(f"{query.topic}/{query.name}.cypher").splitlines()
        assert lines[0] == f"// {query.title}"  # Neo4j Browser's name for it
        assert "\n".join(lines).endswith(query.text.strip())
        comments = "\n".join(line for line in lines if line.startswith("//"))
        set_before = [name for name, param in query.params.items() if not param.literal] + list(query.steps)
        assert [name for name in set_before if f"// :param {name} => " not in comments] == []
        written = [name for name, param in query.params.items() if param.literal]
        assert [name for name in written if f"the number behind /*${name}*/ below" not in comments] == []
    assert list(files) == ["parameters.cypher"]


def test_one_favourite_sets_every_parameter() -> None:
    text = parameters(QUERIES)
    assert text.startswith(f"// {PARAMETERS}\n")
    commands = [line for line in text.splitlines() if not line.startswith("//")]
    named = [re.fullmatch(r":param (\w+) => .+;", command)[1] for command in commands]  # type: ignore[index]
    set_before = {name for q in QUERIES for name, param in q.params.items() if not param.literal}
    found = {name for q in QUERIES for name in q.steps}
    assert named == sorted(set_before | found)
    # What kb finds for a query, the query looks for itself in Neo4j Browser.
    assert [line for line in commands if any(f":param {name} " in line for name in found)] == [
        f":param {name} => null;" for name in sorted(found)
    ]
    assert re.search(r"^:param limit => \d+;$", text, re.MULTILINE)  # whole: LIMIT takes no 50.0


def query(name: str = "q", text: str = "RETURN $x AS path", **fields: object) -> Query:
    always = {"name": name, "path": Path(f"{name}.cypher"), "title": "T", "description": "D", "text": text}
    return Query.model_validate(always | {"returns": "graph"} | fields)


def test_a_parameter_of_several_queries_takes_a_value_that_serves_them_all() -> None:
    optional = query("a", params={"x": {"type": "code", "help": "only this"}})
    needed = query("b", params={"x": {"type": "code", "help": "this", "required": True}})
    few = query("c", params={"x": {"type": "int", "help": "so many", "default": 3}})
    many = query("d", params={"x": {"type": "int", "help": "so many", "default": 30}})
    for both in ([optional, needed], [needed, optional]):
        assert ":param x => ['MD-performance-drop'];" in parameters(both)
    for both in ([few, many], [many, few]):
        assert ":param x => 30;" in parameters(both)


def test_comments_of_a_favourite_stay_comments() -> None:
    odd = query(title="Line\nbreak", params={"x": {"help": "first\nDETACH DELETE"}}, text="RETURN $x\n")
    lines = favourite(odd).splitlines()
    assert [line for line in lines if not line.startswith("//")] == ["RETURN $x"]


class Pages(HTMLParser):
    """The guide as Neo4j Browser reads it: titles, slides, and the texts to run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.slides = 0
        self.queries: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta":
            return
        self.open.append(tag)
        self.slides += tag == "slide"
        if tag == "pre" and "runnable" in (dict(attrs)["class"] or "").split():
            self.queries.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "pre":
            self.queries[-1] += data


def test_the_guide_is_well_formed_and_its_queries_only_read() -> None:
    pages = Pages(guide_html(QUERIES))
    assert not pages.open
    assert pages.slides == len(SLIDES) + 1
    assert [text.strip() for text in pages.queries] == [slide.query for slide in SLIDES if slide.query]
    for text in pages.queries:
        assert writes(text) is None
        assert parameters_of(text) == []


def test_the_guide_as_asciidoc_has_the_same_pages() -> None:
    text = guide_asciidoc(QUERIES)
    assert len(re.findall(r"^= ", text, re.MULTILINE)) == 1
    assert len(re.findall(r"^== ", text, re.MULTILINE)) == len(SLIDES) + 1
    blocks = re.findall(r"^\[source,cypher\]\n----\n(.*?)\n----$", text, re.MULTILINE | re.DOTALL)
    assert blocks == [slide.query for slide in SLIDES if slide.query]


def test_a_title_with_signs_of_html_does_not_break_the_guide() -> None:
    html = guide_html([query(title="a <b> & c", text="RETURN 1 AS path")])
    assert "<b>a &lt;b&gt; &amp; c</b>" in html


def test_the_perspective_has_the_kinds_the_types_and_the_drawn_queries() -> None:
    content = json.loads(perspective(QUERIES))
    assert [c["labels"] for c in content["categories"]] == [[label] for _, label in KINDS]
    assert {r["name"] for r in content["relationshipTypes"]} == {edge.type for edge in EDGES}
    drawn = {q.title: q for q in QUERIES if q.returns == "graph"}
    assert {t["name"] for t in content["templates"]} == set(drawn)
    for phrase in content["templates"]:
        needed = [f"${name}" for name, p in drawn[phrase["name"]].params.items() if p.required]
        assert [p["name"] for p in phrase["params"]] == needed
        assert [f"${name}" for name in parameters_of(phrase["cypher"])] == needed
        assert all(name in phrase["text"] for name in needed)
        assert phrase["cypher"].endswith(("RETURN path", "UNWIND path AS part\nRETURN DISTINCT part"))
    identities = [c["id"] for c in content["categories"] + content["templates"]]
    assert len(set(identities)) == len(identities)


def test_the_pack_is_the_same_each_time(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in write_pack(tmp_path / "a" / "deep", QUERIES)]
    second = [path.read_bytes() for path in write_pack(tmp_path / "b", QUERIES[::-1])]
    assert first == second
    assert {path.name for path in (tmp_path / "b").iterdir()} == set(ABOUT)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot be written"):
        write_pack(tmp_path / "file" / "pack", QUERIES)


def test_the_pack_is_served_to_other_origins_and_nothing_else_is(tmp_path: Path) -> None:
    from threading import Thread

    folder = tmp_path / "pack"
    write_pack(folder, QUERIES)
    (tmp_path / "secret").write_text("x")
    with pack_server(folder, 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        with urlopen(f"{address}/guide.html") as answer:
            assert answer.read() == (folder / "guide.html").read_bytes()
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
        with urlopen(Request(f"{address}/kb.grass", method="OPTIONS")) as answer:
            assert "cache-control" in answer.headers["Access-Control-Allow-Headers"]
        for path in ("/", "/../secret", "/%2e%2e/secret"):
            with pytest.raises(HTTPError, match="404"):
                urlopen(address + path)
        with pytest.raises(UsageError, match="name another"):
            pack_server(folder, server.server_address[1])
        server.shutdown()
