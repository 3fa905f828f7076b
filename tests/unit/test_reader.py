"""A file that its loader hangs on, or dies of, costs itself alone; the others are read as ever."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from kb.errors import InputError, UsageError
from kb.ingest.load import Options, load
from kb.ingest.overrides import Overrides
from kb.ingest.reader import Reader, read_names
from kb.records import Coding, Notice
from tests.loader_plugin import installed
from tests.shared import ROOT, patience

SAMPLES = sorted((ROOT / "data" / "interviews").iterdir())
# What the file says decides what its loader does.
ODD = """
import os, re, signal, sys, time
from pathlib import Path
from kb.records import Source, Turn
FORMAT, ENDINGS, RANK, OPTIONS, READS = "odd", frozenset({".odd"}), 50, frozenset(), "oddities"
def detect(path):
    return path.suffix == ".odd"
def parse(path):
    what = path.read_text()
    yield Source(interview="77", title="x", file=path.name, format=FORMAT)
    yield Turn(id="77:0000", interview="77", index=0, speaker="Anna", role="interviewee", text="It is so.")
    path.with_suffix(".pid").write_text(str(os.getpid()))
    print("a loader should not print")
    if what == "sleeps":
        time.sleep(1000)
    if what == "turns":  # holds Python's lock all the time, and hears no signal
        re.match("(a|a)*$", "a" * 60 + "b")
    if what == "ends":
        os._exit(3)
    if what == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "fills":
        bytearray(6 * 2**30)
    if what == "repeats":
        for index in range(1, 60):
            yield Turn(id=f"77:{index:04}", interview="77", index=index, speaker="Anna", role="interviewee",
                       text=f"{index} " + "so " * 4_000_000)
    if what == "fails":
        raise ZeroDivisionError("the secret of the house")
"""


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[Path]:
    with installed(tmp_path / "plugin", odd=ODD):
        folder = tmp_path / "study"
        folder.mkdir()
        yield folder


@pytest.mark.parametrize("what", ["sleeps", "turns"])
def test_a_file_that_hangs_its_loader_is_ended_and_named(odd: Path, what: str) -> None:
    (odd / "hangs.odd").write_text(what)
    (odd / "z.vtt").write_bytes(SAMPLES[-1].read_bytes())
    report = load(None, [odd], Options(file_timeout=1.0))
    assert {Path(s.path).name: s.status for s in report.sources} == {"hangs.odd": "failed", "z.vtt": "loaded"}
    [said] = [s.error for s in report.sources if s.error]
    assert "hangs.odd" in said
    assert "1 s" in said
    assert "--file-timeout" in said
    assert _ended(odd / "hangs.pid")


@pytest.mark.parametrize(("what", "told"), [("ends", "exit code 3"), ("killed", "signal 9")])
def test_a_file_that_its_process_dies_of_does_not_stop_the_others(odd: Path, what: str, told: str) -> None:
    (odd / "a.odd").write_text(what)
    (odd / "z.vtt").write_bytes(SAMPLES[-1].read_bytes())
    report = load(None, [odd])
    assert [(Path(s.path).name, s.status) for s in report.sources] == [
        ("a.odd", "failed"),
        ("z.vtt", "loaded"),
    ]
    assert told in str(report.sources[0].error)


def test_a_mistake_of_a_loader_is_the_same_sentence_as_in_one_process(odd: Path) -> None:
    (odd / "a.odd").write_text("fails")
    said = []
    for seconds in (0, 60):
        with Reader(seconds) as reader, pytest.raises(InputError) as failed:
            list(reader.records(odd / "a.odd"))
        said.append((str(failed.value), failed.value.path))
    assert said[0] == said[1]


def test_what_a_loader_prints_is_no_answer(odd: Path) -> None:
    (odd / "a.odd").write_text("nothing")
    with Reader() as reader:
        records = reader.records(odd / "a.odd")
        assert len(list(records)) == 2
        assert records.format == "odd"


@pytest.mark.parametrize("overrides", [None, Overrides(interview="12", interviewees=("Interviewee",))])
def test_records_are_those_of_one_process(overrides: Overrides | None) -> None:
    with Reader() as reader, Reader(0) as here:
        for path in SAMPLES:
            there, own = reader.records(path, overrides), here.records(path, overrides)
            assert list(there) == list(own)
            assert there.format == own.format


def test_a_refusal_names_the_file_as_it_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.pdf").write_text("no pdf")
    with Reader() as reader:
        for _ in range(2):  # the process goes on
            with pytest.raises(InputError, match=r"^x\.pdf: ") as refused:
                list(reader.records(Path("x.pdf")))
            assert refused.value.path == Path("x.pdf")


def test_a_large_file_that_is_no_interview_is_bounded_too(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_text("relations:\n" + "- {a: b}\n" * 400_000)
    with Reader(0.3) as reader, pytest.raises(InputError, match=r"large\.yaml: .*longer than 0\.3 s"):
        reader.read("relations", large)
    book = tmp_path / "book.yaml"
    book.write_bytes((ROOT / "data" / "codebook.yaml").read_bytes() + b"# much\n" * 20_000)
    with Reader() as reader, Reader(0) as here:
        assert reader.read("codebook", book) == here.read("codebook", book)


def test_who_reads_slowly_is_not_taken_for_a_file_that_hangs(tmp_path: Path) -> None:
    many = tmp_path / "Interview 7.txt"
    many.write_text("".join(f"A: What is {n}?\n\nB: It is {n}.\n\n" for n in range(800)))
    with Reader(patience(2)) as reader:
        count = 0
        for _ in reader.records(many):
            if count in (0, 800):
                time.sleep(reader.seconds * 0.7)
            count += 1
    assert count > 1600


def test_the_bound_is_a_number_of_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    for seconds in (-1.0, float("inf"), float("nan")):
        with pytest.raises(UsageError, match="0 means no bound"):
            Reader(seconds)
    monkeypatch.setenv("KB_FILE_TIMEOUT", "soon")
    with pytest.raises(UsageError, match="KB_FILE_TIMEOUT"):
        Reader()
    monkeypatch.setenv("KB_FILE_TIMEOUT", "7")
    assert Reader().seconds == 7


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left_when_kb_is_stopped_while_it_waits(odd: Path, number: int) -> None:
    (odd / "a.odd").write_text("sleeps")
    code = "import sys; from kb.cli import main; sys.argv = ['kb', 'parse', sys.argv[1]]; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(odd)], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(odd.parent / "plugin"), str(ROOT)])},
    ) as run:  # fmt: skip
        until = time.monotonic() + patience(30)
        pid = odd / "a.pid"
        while not (pid.exists() and pid.read_text()) and time.monotonic() < until:
            time.sleep(0.05)
        run.send_signal(number)
        _, told = run.communicate(timeout=patience(30))
    if number == signal.SIGINT:
        assert run.returncode == 130
        assert told.replace("a loader should not print\n", "").count("\n") == 1
    assert _ended(pid)


def _ended(pid: Path) -> bool:
    """Whether the process whose number stands in a file has gone, or goes within moments."""
    number, until = int(pid.read_text()), time.monotonic() + patience(10)
    while time.monotonic() < until:
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("seconds", [0, 60])
def test_all_that_the_user_says_reaches_the_loader(seconds: float, tmp_path: Path) -> None:
    """Labels of a codebook and the wish for a preview too, which alone change no record's names."""
    talk = tmp_path / "Interview 7 - Ada.md"
    said = "### Interviewer 1\n\nWhat hurts?\n\n### Interviewee\n\nThe crust tears.\n\ncrust\n\ndough\n"
    talk.write_text(said, encoding="utf-8")
    table = tmp_path / "coded.csv"
    table.write_text("Interview,Quote,Code\n7,The crust tears.,crust\n", encoding="utf-8")
    with Reader(seconds) as reader:
        codings = [
            record.label
            for record in reader.records(talk, Overrides(codes=("crust", "dough")))
            if isinstance(record, Coding)
        ]
        previews = [
            record.message
            for record in reader.records(table, Overrides(preview=True))
            if isinstance(record, Notice) and "this row is read as" in record.message
        ]
    assert codings == ["crust", "dough"]
    assert len(previews) == 1


def test_a_table_that_hangs_its_reader_is_ended_and_named(tmp_path: Path) -> None:
    hangs = _hangs(tmp_path / "hangs.xlsx")
    sample = SAMPLES[-1]
    report = load(None, [sample], Options(participants=(hangs,), file_timeout=3.0))
    assert [(Path(s.path).name, s.status) for s in report.sources] == [
        (sample.name, "loaded"),
        (hangs.name, "failed"),
    ]
    assert "3 s" in str(report.sources[1].error)
    with pytest.raises(InputError, match=r"hangs\.xlsx: reading it took longer than 3 s"):
        read_names(hangs, seconds=3.0)


def _hangs(path: Path) -> Path:
    """A workbook of 20 KB, whose styles take a minute."""
    book = Workbook()
    page = book.create_sheet("People", 0)
    page.append(["name", "role"])
    page.append(["Ina", "baker"])
    book.save(path.with_name("whole.xlsx"))
    with zipfile.ZipFile(path.with_name("whole.xlsx")) as whole, zipfile.ZipFile(path, "w", 8) as hostile:
        for name in whole.namelist():
            part = whole.read(name)
            if name == "xl/styles.xml":
                part = re.sub(b"<fonts.*</fonts>", b"<fonts>" + b"<font/>" * 3_000_000 + b"</fonts>", part)
            hostile.writestr(name, part)
    return path


def test_the_encoding_of_a_large_table_is_taken_over(tmp_path: Path) -> None:
    rows = [f"Jörg {n}a;Person {n}b" for n in range(5000)]
    table = tmp_path / "names.csv"
    table.write_bytes("\n".join(["name;pseudonym", *rows]).encode("cp1252"))
    assert table.stat().st_size > 2**16
    assert "Jörg 7a" in {entry.name for entry in read_names(table, "cp1252").entries}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux bounds it")
def test_a_file_that_would_fill_the_memory_is_refused_and_the_others_are_read(odd: Path) -> None:
    (odd / "a.odd").write_text("fills")
    (odd / "b.odd").write_text("repeats")
    (odd / "z.vtt").write_bytes(SAMPLES[-1].read_bytes())
    report = load(None, [odd])
    assert [s.status for s in report.sources] == ["failed", "failed", "loaded"]
    for source in report.sources[:2]:
        assert "takes more memory than a study does" in str(source.error)


def test_without_bounds_of_the_system_files_are_read_as_ever(
    odd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows has none for the memory of a process; what is sent and the time are bounded there too."""
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "resource.py").write_text("raise ImportError('there is none here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "without"))
    for what in ("sleeps", "repeats", "nothing"):
        (odd / f"{what}.odd").write_text(what)
    (odd / "z.vtt").write_bytes(SAMPLES[-1].read_bytes())
    with Reader(120) as reader:
        with pytest.raises(InputError, match="more memory than a study does"):
            list(reader.records(odd / "repeats.odd"))
        assert len(list(reader.records(odd / "nothing.odd"))) == 2
        assert list(reader.records(odd / "z.vtt"))
    with Reader(1) as reader, pytest.raises(InputError, match="longer than 1 s"):
        list(reader.records(odd / "sleeps.odd"))


LOOKS = """
import time
from kb.records import Source, Turn
FORMAT, ENDINGS, MAYBE, RANK, READS = "maybe", frozenset(), frozenset({".maybe"}), 50, "what may be one"
OPTIONS = frozenset()
def detect(path):
    if path.suffix == ".maybe" and path.read_bytes()[:1] == b"s":
        time.sleep(1000)
    return path.suffix == ".maybe" and path.read_bytes()[:1] == b"y"
def parse(path):
    yield Source(interview="77", title="x", file=path.name, format=FORMAT)
    yield Turn(id="77:0000", interview="77", index=0, speaker="Anna", role="interviewee", text="It is so.")
"""


def test_a_file_of_a_folder_that_hangs_the_look_at_it_is_ended_and_named(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    for name, first in (("sleeps", "s"), ("yes", "y"), ("no", "n")):
        (folder / f"{name}.maybe").write_text(first * 2**17)
    with installed(tmp_path / "plugin", maybe=LOOKS):
        report = load(None, [folder], Options(file_timeout=2.0))
    assert {Path(s.path).name: s.status for s in report.sources} == {
        "sleeps.maybe": "failed",
        "yes.maybe": "loaded",
    }
    [said] = [s.error for s in report.sources if s.error]
    assert "longer than 2 s" in said
