"""A loader says all about itself, and one that is broken is named and stops nobody else."""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

import loaders
from kb.errors import InputError
from loaders import MODULES, Loader, detect, find_sources, registry
from tests.loader_plugin import BROKEN, MODULE, RAISES, installed, project, write
from tests.shared import ROOT

OWN = [loader for loader in loaders.loaders() if inspect.ismodule(loader)]


@pytest.mark.parametrize("loader", OWN, ids=lambda loader: str(loader.FORMAT))
def test_a_loader_takes_the_options_it_says_and_no_others(loader: Loader) -> None:
    path, *options = inspect.signature(loader.parse).parameters.values()
    assert path.name == "path"
    assert {option.name for option in options} == loader.OPTIONS
    assert all(option.default is not inspect.Parameter.empty for option in options)


@pytest.mark.parametrize("loader", OWN, ids=lambda loader: str(loader.FORMAT))
def test_what_a_loader_reads_is_in_the_sentence_for_unknown_files(loader: Loader, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\0")
    with pytest.raises(InputError) as caught:
        detect(path)
    assert loader.READS in caught.value.message
    assert all(ending in loader.READS for ending in loader.ENDINGS)


def test_formats_and_ranks_tell_the_loaders_apart() -> None:
    assert len({loader.FORMAT for loader in OWN}) == len(OWN) == len(MODULES)
    assert len({loader.RANK for loader in OWN}) == len(OWN)


def test_loaders_know_no_other_loader() -> None:
    graph = grimp.build_graph("loaders")
    names = [f"loaders.{name}" for name in MODULES]
    for name in names:
        assert not graph.find_upstream_modules(name) & set(names), name


def test_another_packages_loader_is_one_of_them(tmp_path: Path) -> None:
    path = write(tmp_path / "a.toolbox", project())
    assert path in [source.path for source in find_sources([path]).sources]
    with pytest.raises(InputError):
        detect(path)
    with installed(tmp_path / "site", toolbox=MODULE):
        assert detect(path).FORMAT == "toolbox"
        assert path in [source.path for source in find_sources([tmp_path]).sources]
        assert registry().rank("transcript") > registry().rank("toolbox") > registry().rank("delve-pdf")
        assert "the tool Toolbox" in registry().reads
        assert registry().broken == []


def test_of_an_ending_of_many_kinds_a_folder_gives_what_is_detected(tmp_path: Path) -> None:
    body = MODULE.replace("READS =", 'MAYBE = frozenset({".json"})\nREADS =')
    body = body.replace('path.suffix == ".toolbox"', '"damp" in path.read_text()')
    (tmp_path / "study").mkdir()
    ours = write(tmp_path / "study" / "a.json", project())
    write(tmp_path / "study" / "b.json", [])
    with installed(tmp_path / "site", toolbox=body):
        found = find_sources([tmp_path / "study"])
    assert [source.path for source in found.sources] == [ours]
    assert found.left_aside == {".json": 1}


def test_a_broken_plug_in_is_named_and_stops_no_other(tmp_path: Path) -> None:
    path = write(tmp_path / "a.toolbox", project())
    twin = MODULE.replace('"toolbox"', '"transcript"')
    half = "FORMAT = 'half'\n"
    with installed(tmp_path / "site", aa=BROKEN, bb=RAISES, cc=half, dd=twin, toolbox=MODULE):
        assert detect(path).FORMAT == "toolbox"
        told = registry().broken
    assert [sentence.split(" of toolkit")[0] for sentence in told] == [
        "the loader aa", "the loader cc", "the loader dd", "the loader bb"
    ]  # fmt: skip
    assert "no toolkit here" in told[0]
    assert "never seen such a file" in told[3]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("    yield 1", "yields int, no record"),
        ("    yield path.nothing", "fails on it (AttributeError"),
        ("    raise InputError('it is torn.', path, line=3)", "line 3: it is torn"),
    ],
)
def test_a_plug_in_that_fails_on_a_file_is_an_error_of_the_file(
    tmp_path: Path, lines: str, words: str
) -> None:
    path = write(tmp_path / "a.toolbox", project())
    body = f"from kb.errors import InputError\n{MODULE.split('def parse')[0]}def parse(path):\n{lines}\n"
    with installed(tmp_path / "site", toolbox=body), pytest.raises(InputError) as caught:
        list(detect(path).parse(path))
    assert words in str(caught.value)


def test_parse_prints_every_record_and_load_tells_what_was_lost(tmp_path: Path) -> None:
    path = write(tmp_path / "bakers.toolbox", project())
    with installed(tmp_path / "site", toolbox=MODULE, broken=BROKEN):
        pass
    env = {**os.environ, "PYTHONPATH": f"{tmp_path / 'site'}{os.pathsep}{ROOT}"}
    parsed = subprocess.run(
        [sys.executable, "-m", "kb", "parse", str(path)], capture_output=True, text=True, check=False, env=env
    )
    assert parsed.returncode == 0
    records = [json.loads(line) for line in parsed.stdout.splitlines()]
    assert [record["type"] for record in records] == [record["type"] for record in project()]
    assert "note: the loader broken of toolkit cannot be used (ImportError: no toolkit here)" in parsed.stderr
    load = [sys.executable, "-m", "kb", "load", str(path), "--db", str(tmp_path / "db"), "--dry-run"]
    loaded = subprocess.run([*load, "--format", "json"], capture_output=True, text=True, check=False, env=env)
    assert loaded.returncode == 1
    told = json.loads(loaded.stdout)
    assert "relations between a code and a passage: 1." in [item["message"] for item in told["not_placed"]]
    (study,) = [s for s in told["sources"] if s["source"] == "toolbox/bakers.toolbox"]
    assert (study["codes"], study["participants"], study["memos"], study["relations"]) == (3, 3, 3, 1)
    loaded = subprocess.run(load, capture_output=True, text=True, check=False, env=env)
    assert "the loader broken of toolkit" in loaded.stderr
    assert "not placed: bakers.toolbox: relations between a code and a passage: 1." in loaded.stderr


@pytest.mark.parametrize(
    ("name", "interview", "coder"),
    [
        ("Interview 11 - Ada.deck", "11", "Ada"),
        ("Interview 11 - A.Smith", "11", "A.Smith"),
        ("Interview 11 - A.Smith.txt", "11", "A.Smith"),
        ("2024-01-02 P07.QDPX", "7", None),
        ("Interview 3.docx.pdf", "3", None),
    ],
)
def test_a_files_name_tells_interview_and_coder_whatever_its_ending(
    name: str, interview: str, coder: str | None
) -> None:
    said = loaders.name_parts(Path(name))
    assert (said.interview, said.coder) == (interview, coder)
