"""Every format, read back by a reader of its own: nothing lost, nothing misread, nothing random."""

from __future__ import annotations

import csv
import itertools
import json
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pypdfium2
import pytest
from PIL import Image

from kb.errors import ExportError
from kb.export import FORMATS, FigureOptions, FigureWarning, export
from kb.export.flat import scalar
from kb.figure.fonts import clean
from kb.graph import Edge, Node, Subgraph
from kb.text.xmltext import legal
from tests.unit.export.graphs import AWKWARD, awkward, concept, random_graph, relation

Draw = Callable[..., Path]


@pytest.fixture
def draw(tmp_path: Path) -> Draw:
    def write(ending: str, graph: Subgraph | None = None, **options: object) -> Path:
        path = tmp_path / f"figure{ending}"
        export(graph or awkward(), path, FigureOptions(**options), lambda _: None)  # type: ignore[arg-type]
        return path

    return write


def _shown(name: str) -> str:
    """A name as one line of text without blanks, as pieces of wrapped lines give it."""
    return re.sub(r"\s", "", clean(name))


@pytest.mark.parametrize("reader", [networkx.read_graphml, networkx.read_gexf])
def test_networkx_reads_the_graph_back(draw: Draw, reader: Callable[[Path], networkx.DiGraph]) -> None:
    ending = ".graphml" if reader is networkx.read_graphml else ".gexf"
    graph = reader(draw(ending))
    assert set(graph.nodes) == {legal(name) if "\x01" in name else name for name in AWKWARD}
    assert graph.number_of_edges() == len(AWKWARD) - 1
    start, end = AWKWARD[0], AWKWARD[1]
    edge = graph.edges[start, end]
    assert json.loads(edge["quotes"]) == [start, end]
    assert json.loads(edge["interviews"]) == ["3", "11"]
    assert edge["weight"] == 2
    assert edge["type"] == "CAUSES"
    assert edge["claims"] == 2
    assert graph.nodes[start]["labels"] == "Code:Concept:Issue"
    assert graph.nodes[start]["name"] == start


def test_node_link_json_is_the_graph(draw: Draw) -> None:
    data = json.loads(draw(".json").read_text())
    graph = networkx.node_link_graph(data, edges="edges")
    assert set(graph.nodes) == set(AWKWARD)
    (edge,) = graph.get_edge_data(AWKWARD[0], AWKWARD[1]).values()
    assert edge["properties"]["quotes"] == [AWKWARD[0], AWKWARD[1]]
    assert {node["id"]: node["properties"]["description"] for node in data["nodes"]} == {
        n: n for n in AWKWARD
    }


def test_cytoscape_json_is_the_graph(draw: Draw) -> None:
    elements = json.loads(draw(".cyjs").read_text())["elements"]
    assert {node["data"]["id"] for node in elements["nodes"]} == set(AWKWARD)
    ends = {(edge["data"]["source"], edge["data"]["target"]) for edge in elements["edges"]}
    assert ends == set(itertools.pairwise(AWKWARD))
    assert all(edge["data"]["interviews"] == ["3", "11"] for edge in elements["edges"])


def test_csv_tables_are_the_graph(draw: Draw) -> None:
    path = draw(".csv")
    with path.open(newline="", encoding="utf-8") as file:
        edges = list(csv.DictReader(file))
    with path.with_name("figure.nodes.csv").open(newline="", encoding="utf-8") as file:
        nodes = list(csv.DictReader(file))
    assert {node["id"] for node in nodes} == set(AWKWARD)
    assert {(e["source"], e["target"]) for e in edges} == set(itertools.pairwise(AWKWARD))
    assert json.loads(edges[0]["interviews"]) == ["3", "11"]


def test_graphviz_reads_the_dot_file(draw: Draw) -> None:
    program = shutil.which("graphviz-pure", path=sysconfig.get_path("scripts"))
    assert program
    answer = subprocess.run([program, "-Tjson", draw(".dot")], capture_output=True, check=True)
    drawn = json.loads(answer.stdout)
    names = {
        item["name"] for item in drawn["objects"] if not item["name"].startswith(("cluster_", "legend "))
    }
    assert len(names) == len(AWKWARD)
    number = {item["_gvid"]: item["name"] for item in drawn["objects"]}
    ends = {(number[edge["tail"]], number[edge["head"]]) for edge in drawn["edges"]}
    assert len({pair for pair in ends if not pair[0].startswith("legend ")}) == len(AWKWARD) - 1
    assert ("legend CAUSES from", "legend CAUSES to") in ends
    # A hexagon is as large as its words need, not twice as high as wide.
    assert all(float(item["height"]) < 2 for item in drawn["objects"] if item.get("shape") == "hexagon")
    assert not any("tailport" in edge or "headport" in edge for edge in drawn["edges"])
    assert {"port:like:colons", "graph", AWKWARD[0]} <= names


def test_mermaid_labels_hold_no_sign_of_its_grammar(draw: Draw) -> None:
    lines = draw(".mmd").read_text().splitlines()
    labels = [match[1] for line in lines if (match := re.fullmatch(r'\s+n\d+\W+"(.*)"\W+:::\w+', line))]
    assert len(labels) == len(AWKWARD)
    decoded = [re.sub(r"#(\d+);", lambda code: chr(int(code[1])), label) for label in labels]
    assert sorted(decoded) == sorted(map(clean, AWKWARD))
    assert not any(set('"<>[]{}()|`\\$') & set(label) for label in labels)
    assert sum("-->" in line for line in lines) == len(AWKWARD) - 1


def test_svg_is_well_formed_and_its_text_can_be_searched(draw: Draw) -> None:
    root = ElementTree.parse(draw(".svg")).getroot()
    name = "{http://www.w3.org/2000/svg}"
    for group in root.iter(f"{name}g"):
        if group.get("class") == "node":
            about = group.find(f"{name}title")
            assert about is not None
            text = "".join(
                "".join(t.itertext()) for t in group.iter(f"{name}text") if t.get("fill-opacity") == "0"
            )
            assert re.sub(r"\s", "", text) in {_shown(each) for each in AWKWARD}
    used = {use.get("{http://www.w3.org/1999/xlink}href") for use in root.iter(f"{name}use")}
    defined = {f"#{path.get('id')}" for path in root.iter(f"{name}path") if path.get("id")}
    assert used == defined


def test_pdf_has_its_text_and_embeds_its_fonts(draw: Draw) -> None:
    path = draw(".pdf", Subgraph.of([concept("Data-drift"), concept("Überanpassung Ωλ")], []), preset="one")
    document = pypdfium2.PdfDocument(path)
    assert len(document) == 1
    width, _ = document[0].get_size()
    assert width == pytest.approx(85 / 25.4 * 72, abs=0.01)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "Data-drift" in text
    assert "Überanpassung Ωλ" in " ".join(text.split())
    assert "2 issues." in text
    data = path.read_bytes()
    fonts = re.findall(rb"/BaseFont /(\S+)", data)
    assert len(fonts) == data.count(b"/FontFile2") == 2  # Plex, and Noto for the Greek; no other


def test_png_has_the_resolution_and_the_width_asked_for(draw: Draw) -> None:
    path = draw(".png", random_graph(1, 5, 6), width_mm=100, dpi=150)
    with Image.open(path) as image:
        assert image.width == pytest.approx(100 / 25.4 * 150, abs=1)
        assert image.info["dpi"][0] == pytest.approx(150, abs=0.1)
        assert len(image.convert("RGB").getcolors(1 << 24) or []) > 50


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="pdflatex is not installed")
def test_pdflatex_compiles_the_figure_alone_and_in_a_paper(draw: Draw, tmp_path: Path) -> None:
    path = draw(".tex", title='Names & signs: 50% #1 _x_ "quoted"')
    assert path.read_bytes().isascii()
    paper = tmp_path / "paper.tex"
    paper.write_text(
        "\\documentclass{article}\\usepackage{tikz,textcomp}\\begin{document}Before"
        "\\begin{figure}\\input{figure}\\end{figure}\\begin{figure}\\input{figure}\\end{figure}after\\end{document}"
    )
    for source in (path, paper):
        answer = subprocess.run(
            ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", source.name],
            cwd=tmp_path, capture_output=True, check=False,
        )  # fmt: skip
        assert answer.returncode == 0, answer.stdout[-2000:]
    document = pypdfium2.PdfDocument(tmp_path / "figure.pdf")
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "under_score #1" in text
    assert "50%" in text


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="pdflatex is not installed")
@pytest.mark.parametrize("title", ["_", "_ " * 90, "-", "."])
def test_pdflatex_compiles_a_line_without_height(draw: Draw, tmp_path: Path, title: str) -> None:
    path = draw(".tex", title=title)
    text = path.read_text()  # whatever the font's width, each line is made to fit
    path.write_text(re.sub(r"(\\kbline\{[^}]*\}\{[^}]*\}\{[^}]*\})\{[^}]*\}", r"\1{1}", text))
    answer = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", path.name],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stdout[-2000:]


def test_html_is_one_page_that_asks_the_network_for_nothing(draw: Draw) -> None:
    page = draw(".html").read_text()
    assert "default-src 'none'" in page
    addresses = set(re.findall(r"https?://[^\"'\s<>)]+", page)) - {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert addresses == set()
    assert "<script>alert" not in page
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert {node["name"] for node in data["nodes"]} == set(AWKWARD)
    assert any(edge["quotes"] == [AWKWARD[0], AWKWARD[1]] for edge in data["edges"])


def test_html_of_a_graph_higher_than_a_page_is_laid_out_for_a_screen(tmp_path: Path) -> None:
    stars = [(f"cause-{i}-of-{j}", f"effect-{j}") for j in range(12) for i in range(12)]
    graph = Subgraph.of(
        [concept(name) for name in {n for pair in stars for n in pair}], [relation(a, b) for a, b in stars]
    )
    told: list[str] = []

    def shape(**options: float) -> float:
        export(graph, tmp_path / "f.html", FigureOptions(**options), told.append)
        page = (tmp_path / "f.html").read_text(encoding="utf-8")
        width, height = map(float, re.findall(r'viewBox="0 0 (\S+) (\S+)"', page)[0])
        return height / width

    assert shape() < 1
    assert told == []
    assert shape(width_mm=180) > 1.5  # a width that is asked for is kept
    assert any("more than a page" in message for message in told)


def test_cypher_escapes_names_and_merges_with_all_labels_at_once(draw: Draw) -> None:
    script = draw(".cypher").read_text()
    statements = [line for line in script.splitlines() if not line.startswith("//")]
    assert len(statements) == 2 * len(AWKWARD) - 1
    assert all(line.endswith(";") for line in statements)
    assert "MERGE (n:Code:Concept:Issue {name: 'ends with a backslash \\\\'})" not in script  # it is a cause
    assert "{name: 'ends with a backslash \\\\'}" in script
    assert "it\\'s 50%" in script
    assert "\\u0001" in script
    assert "MERGE (a)-[r:CAUSES]->(b) SET r.claims = 2" in script


def test_cypher_tells_parallel_edges_apart(draw: Draw) -> None:
    turn, code = Node(id="3:0001", labels=("Turn",)), concept("Data-drift")
    edges = [
        Edge(type="CODED_AS", start="3:0001", end="Data-drift", properties={"coder": who, "start": 4})
        for who in ("A", "B")
    ]
    script = draw(".cypher", Subgraph.of([turn, code], edges)).read_text()
    assert "MERGE (a)-[r:CODED_AS {coder: 'A', start: 4}]->(b);" in script
    assert "MERGE (a)-[r:CODED_AS {coder: 'B', start: 4}]->(b);" in script


@pytest.mark.parametrize("ending", FORMATS)
def test_the_order_of_nodes_and_edges_changes_no_byte(ending: str, tmp_path: Path) -> None:
    graph = random_graph(4, 14, 24)
    turned = Subgraph(nodes=graph.nodes[::-1], edges=graph.edges[::-1])
    files = []
    for i, each in enumerate((graph, turned)):
        folder = tmp_path / str(i)
        folder.mkdir()
        export(each, folder / f"x{ending}", FigureOptions(), lambda _: None)
        files.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert files[0] == files[1]


def test_another_run_with_another_hash_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import hashlib, pathlib, sys\n"
        "from kb.export import FORMATS, FigureOptions, export\n"
        "from tests.unit.export.graphs import awkward\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "for ending in FORMATS:\n"
        "    export(awkward(), folder / f'x{ending}', FigureOptions(pseudonyms=True), lambda _: None)\n"
        "for file in sorted(folder.iterdir()):\n"
        "    print(file.name, hashlib.sha256(file.read_bytes()).hexdigest())\n"
    )
    answers = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        answer = subprocess.run(
            [sys.executable, "-c", program, str(folder)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".", "PATH": ""},
            cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True,
        )  # fmt: skip
        answers.append(answer.stdout)
    assert answers[0] == answers[1]
    assert answers[0].count("\n") == len(FORMATS) + 1  # CSV has two files


def test_an_unknown_ending_is_answered_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"\.svg \.pdf \.png"):
        export(awkward(), tmp_path / "figure.bmp")
    with pytest.raises(ExportError, match="none"):
        export(awkward(), tmp_path / "figure")


def test_nothing_to_draw_is_an_error_and_writes_no_file(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="nothing to draw"):
        export(Subgraph(), tmp_path / "figure.svg")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_made_and_a_file_in_its_place_is_one_sentence(tmp_path: Path) -> None:
    export(awkward(), tmp_path / "out" / "figure.json")
    assert json.loads((tmp_path / "out" / "figure.json").read_text())["nodes"]
    with pytest.raises(ExportError, match="cannot be written"):
        export(awkward(), tmp_path / "out" / "figure.json" / "figure.json")


def test_by_default_the_user_is_warned(tmp_path: Path) -> None:
    with pytest.warns(FigureWarning, match="lack"):
        export(Subgraph.of([concept("漢字")], []), tmp_path / "figure.pdf")


def test_a_font_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    font = tmp_path / "font.ttf"
    font.write_bytes(b"no font")
    with pytest.raises(ExportError, match="not a TrueType font"):
        export(awkward(), tmp_path / "figure.svg", FigureOptions(fonts=(font,)))


def test_values_of_other_types_become_text() -> None:
    assert scalar(["a", "b"]) == '["a", "b"]'
    assert scalar({"b": 1, "a": None}) == '{"a": null, "b": 1}'
    assert scalar(b"x") == "b'x'"
    assert scalar(True) is True


def test_dark_and_light_differ_and_both_name_their_paper(draw: Draw) -> None:
    graph = Subgraph.of([concept("a"), concept("b")], [relation("a", "b")])
    assert 'fill="#FFFFFF"' in draw(".svg", graph).read_text()
    assert 'fill="#16181D"' in draw(".svg", graph, theme="dark").read_text()
