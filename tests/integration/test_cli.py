"""``kb`` as its users run it: a process, its two streams, its exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tests.shared import ROOT, patience

KB = Path(sys.executable).with_name("kb")
BASE = {k: v for k, v in os.environ.items() if not k.startswith(("NEO4J_", "KB_", "COMP_"))}


class Kb:
    """Runs ``kb`` on one database folder; a traceback fails every test."""

    def __init__(self, db: Path, cwd: Path) -> None:
        self.db, self.cwd = db, cwd

    def __call__(self, *args: object, **env: str) -> subprocess.CompletedProcess[str]:
        run = subprocess.run(
            [str(KB), *map(str, args)],
            check=False, capture_output=True, text=True, encoding="utf-8", cwd=self.cwd,
            timeout=patience(120), env={**BASE, "KB_DB": str(self.db), "COLUMNS": "200", **env},
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert "Traceback" not in run.stderr, run.stderr
        return run

    def digest(self) -> str:
        return str(json.loads(self("status", "--format", "json").stdout)["digest"])


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Kb:
    """The sample interviews in a graph that the tests only read."""
    folder = tmp_path_factory.mktemp("cli")
    kb = Kb(folder / "db", folder)
    run = kb("load", ROOT / "data" / "interviews")
    assert run.returncode == 0, run.stderr
    return kb


@pytest.fixture
def kb(tmp_path: Path) -> Kb:
    """No graph yet."""
    return Kb(tmp_path / "db", tmp_path)


@pytest.fixture
def filled(loaded: Kb, tmp_path: Path) -> Kb:
    """A graph of its own with the sample interviews."""
    shutil.copytree(loaded.db, tmp_path / "db")
    return Kb(tmp_path / "db", tmp_path)


def one_sentence(run: subprocess.CompletedProcess[str], code: int, *said: str) -> None:
    """The command ended with the code, and told why on one line of stderr that begins with ``kb:``."""
    assert run.returncode == code, run.stderr
    assert run.stdout == ""
    lines = run.stderr.strip().splitlines()
    assert len(lines) == 1, run.stderr
    assert lines[0].startswith("kb: ")
    for words in said:
        assert words in lines[0]


# --- start-up --------------------------------------------------------------------------------

HEAVY = ("neo4j", "arcadedb", "pypdfium2", "pdfminer", "pydantic", "yaml", "ruamel", "rapidfuzz", "rich",
         "reportlab", "networkx")  # fmt: skip


@pytest.mark.parametrize("args", [["--help"], ["load", "--help"], ["query", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(args: list[str]) -> None:
    code = """
        import sys
        from kb.cli import main
        sys.argv = ["kb", *sys.argv[1:]]
        try:
            main()
        except SystemExit as end:
            assert end.code in (0, None), end.code
        print("LOADED", *sorted({name.partition(".")[0] for name in sys.modules}))
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *args],
        capture_output=True, text=True, check=True, env=BASE,
    )  # fmt: skip
    imported = set(run.stdout.rpartition("LOADED")[2].split())
    # Typer itself asks pydantic what a command's options are, and query files are held to their form.
    allowed = {"pydantic"} if len(args) > 1 else set()
    assert imported & (set(HEAVY) - allowed) == set()


def complete(kb: Kb, words: str) -> tuple[list[str], set[str]]:
    """What the shell is offered for a command line, and the packages imported for it."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", str(KB)],
        check=True, capture_output=True, text=True, cwd=kb.cwd,
        env={**BASE, "KB_DB": str(kb.db), "_KB_COMPLETE": "complete_bash", "COMP_WORDS": words,
             "COMP_CWORD": str(len(words.split(" ")) - 1)},
    )  # fmt: skip
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines()}
    return run.stdout.split(), imported


def test_completion_of_commands_and_codes_starts_no_engine(loaded: Kb) -> None:
    offered, imported = complete(loaded, "kb lo")
    assert offered == ["load"]
    assert imported & set(HEAVY) == set()
    assert complete(loaded, "kb --vers")[0] == ["--version"]
    heavy = set(HEAVY) - {"pydantic", "rapidfuzz"}
    offered, imported = complete(loaded, "kb query causes-of MT-over")
    assert offered == ["MT-overfitting"]
    assert imported & heavy == set()
    offered, _ = complete(loaded, "kb query caus")
    assert "causes-of" in offered
    offered, _ = complete(loaded, "kb export c")
    assert "causal-chains" in offered
    assert complete(loaded, "kb relate causes Data-no-s")[0] == ["Data-no-signal", "Data-no-signal-fix"]
    assert complete(loaded, "kb relate causes Data-no-signal MT-over")[0] == ["MT-overfitting"]
    assert complete(loaded, "kb remove 90")[0] == ["901", "902", "903", "904", "905"]
    assert complete(loaded, "kb help stit")[0] == ["stitched"]
    assert "co-occurrence" not in offered  # its rows cannot be drawn


def test_completion_quotes_a_code_for_bash_and_heeds_db(loaded: Kb, tmp_path: Path) -> None:
    def offered(words: str, *, at: int, db: Path = loaded.db) -> list[str]:
        env = {"_KB_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(at)}
        run = Kb(db, tmp_path)(**env)
        assert (run.returncode, run.stderr) == (0, "")
        return run.stdout.strip().splitlines()

    name = "buying a catalogue tool"
    quoted = r"buying\ a\ catalogue\ tool"
    assert offered("kb query evidence buying", at=3) == [quoted]
    assert offered(r"kb query evidence buying\ a", at=3) == [quoted]
    assert offered('kb query evidence "buying a', at=3) == [name]  # the quote is open already
    nowhere = tmp_path / "nowhere"
    assert offered("kb query evidence buying", at=3, db=nowhere) == []
    assert offered(f"kb query evidence --db {loaded.db} buying", at=5, db=nowhere) == [quoted]


def test_completion_says_nothing_of_a_query_that_is_not_there(loaded: Kb) -> None:
    run = loaded(_KB_COMPLETE="complete_bash", COMP_WORDS="kb query nosuch ", COMP_CWORD="3")
    assert (run.stdout.strip(), run.stderr) == ("", "")


# --- reading ---------------------------------------------------------------------------------


def test_formats_say_the_same(loaded: Kb) -> None:
    def run(format_: str) -> str:
        result = loaded("query", "top-issues", "--format", format_)
        assert result.returncode == 0
        return result.stdout

    objects = json.loads(run("json"))
    table = list(csv.DictReader(io.StringIO(run("csv"))))
    markdown = [[cell.strip() for cell in line.strip("| \n").split(" | ")] for line in run("md").splitlines()]
    assert len(objects) == len(table) == len(markdown) - 2 > 3
    first = next(iter(objects[0]))
    names = [row[first] for row in objects]
    assert [row[first] for row in table] == names
    assert [row[0] for row in markdown[2:]] == names
    printed = run("table")
    assert all(name in printed for name in names)


def test_queries_are_listed_and_have_typed_help(loaded: Kb) -> None:
    listed = json.loads(loaded("query", "--format", "json").stdout)
    names = {row["query"] for row in listed}
    assert names == {path.stem for path in (ROOT / "cypher").glob("*.cypher")}
    run = loaded("query", "causal-chains", "--help")
    assert run.returncode == 0
    assert "--depth" in run.stdout
    assert re.search(r"--depth <int.*>.*longest chain", run.stdout)


def test_help_on_export_names_the_queries_that_can_be_drawn(loaded: Kb) -> None:
    listed = json.loads(loaded("query", "--format", "json").stdout)
    run = loaded("export", "--help")
    assert run.returncode == 0
    # By topic, after the options: a heading, then a line for each.
    by_topic = run.stdout.partition("--help")[2]
    named = set(re.findall(r"^  ([a-z][a-z-]+)  +\S", by_topic, re.MULTILINE))
    assert named == {row["query"] for row in listed if row["draws"]}
    assert re.search(r"^Causes:$", by_topic, re.MULTILINE)


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["query", "causes-off"], 2, ["causes-of"]),
        (["query", "zzzz"], 2, ["kb query"]),
        (["query", "causes-of", "MD-performence-drop"], 2, ["MD-performance-drop"]),
        (["query", "causes-of"], 2, ["--issue"]),
        (["query", "coder-disagreements", "--interview", "9011"], 2, ["901"]),
        (["query", "--folder", "nothere"], 2, ["nothere"]),
        (["remove", "90"], 2, ["901"]),
        (["cypher", "MATCH (n) SET n.x = 1"], 4, ["SET", "--write"]),
        (["cypher", "MATCH n RETURN"], 4, ["refused"]),
        (["cypher", "RETURN $x AS x"], 4, ["x"]),
        (["cypher", "RETURN 1 AS x", "-p", "bad"], 2, ["NAME=VALUE"]),
        (["status", "--db", "nothere"], 4, ["kb load"]),
        (["load", "--codebook", ".", "x"], 3, ["codebook"]),
        (["load", "--codebook", "nothere.yaml", "x"], 3, ["nothere.yaml"]),
        (["load"], 2, []),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(
    loaded: Kb, args: list[str], code: int, said: list[str]
) -> None:
    one_sentence(loaded(*args), code, *said)


@pytest.mark.parametrize("args", [["nothere"], ["parse"], ["query", "causes-of", "--depth", "x"],
                                  ["load", "x", "--format", "xml"]])  # fmt: skip
def test_wrong_words_of_a_call_are_usage(loaded: Kb, args: list[str]) -> None:
    run = loaded(*args)
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr


def test_a_server_that_is_not_there(loaded: Kb) -> None:
    one_sentence(loaded("status", NEO4J_URI="bolt://127.0.0.1:1"), 4, "bolt://127.0.0.1:1", "NEO4J_URI")
    one_sentence(loaded("status", NEO4J_URI="http://127.0.0.1:7474"), 4, "bolt://localhost:7687")


def test_cypher_writes_only_when_told(filled: Kb) -> None:
    assert filled("cypher", "CREATE (:Memo {text: $t})", "-p", "t=ünï", "--write").returncode == 0
    run = filled("cypher", "MATCH (m:Memo) RETURN m.text AS t, 0.0 / 0.0 AS nan", "--format", "json")
    assert json.loads(run.stdout) == [{"t": "ünï", "nan": None}]
    run = filled("cypher", "MATCH (set:Memo) RETURN set.text AS create", "--format", "csv")
    assert run.stdout == "create\nünï\n"


def test_output_is_utf8_whatever_the_system_says(loaded: Kb) -> None:
    args = ("cypher", "RETURN $x AS x", "-p", f"x={json.dumps('ünï → 𝄞')}", "--format", "csv")
    assert loaded(*args, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0").stdout == "x\nünï → 𝄞\n"
    told = loaded("cypher", "RETURN 'a → b' AS x", "--format", "csv", PYTHONIOENCODING="cp1252").stdout
    assert told == "x\na ? b\n"
    # Bytes on the command line that are no text where the system takes them for ASCII.
    run = loaded("query", "search", "ünï", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert run.returncode in (0, 2)


def test_a_reader_that_goes_away_is_no_error(loaded: Kb) -> None:
    command = f"'{KB}' query search e --limit 10000 --format json | head -n 1"
    run = subprocess.run(
        ["bash", "-c", command], check=True, capture_output=True, text=True, cwd=loaded.cwd,
        env={**BASE, "KB_DB": str(loaded.db)},
    )  # fmt: skip
    assert run.stdout.strip() == "["
    assert run.stderr == ""


# --- a user's own queries --------------------------------------------------------------------

GOOD = """\
// title = "Turns of a length"
// description = "Turns with at least so many letters."
// params.letters = { type = "int", help = "letters", default = 10, min = 1 }
MATCH (t:Turn) WHERE size(t.text) >= $letters RETURN count(t) AS n
"""


def test_own_queries_before_and_after_the_name(loaded: Kb, tmp_path: Path) -> None:
    (tmp_path / "long-turns.cypher").write_text(GOOD, encoding="utf-8")
    for args in (
        ["query", "--folder", tmp_path, "long-turns", "--letters", "5"],
        ["query", "long-turns", "--letters", "5", "--folder", tmp_path],
        ["query", "long-turns", f"--folder={tmp_path}", "--letters", "5"],
    ):
        run = loaded(*args, "--format", "json")
        assert run.returncode == 0, run.stderr
        assert json.loads(run.stdout)[0]["n"] > 50
    run = loaded("query", "long-turns", "--letters", "0", KB_QUERIES=str(tmp_path))
    assert run.returncode == 2
    run = loaded("query", "--format", "csv", KB_QUERIES=str(tmp_path))
    assert "long-turns" in run.stdout


def test_what_is_cut_off_is_said_and_what_is_whole_is_not(loaded: Kb) -> None:
    whole = loaded("query", "causal-chains", "MD-performance-drop", "--format", "json")
    assert whole.stderr == ""
    number = len(json.loads(whole.stdout))
    cut = loaded("query", "causal-chains", "MD-performance-drop", "--limit", "2", "--format", "json")
    assert json.loads(cut.stdout) == json.loads(whole.stdout)[:2]
    assert cut.stderr.startswith(
        f"{number} chains lead there; the 2 told by most are shown; narrow by --cause,"
    )
    search = loaded("query", "search", "the", "--limit", "3", "--format", "json")
    assert len(json.loads(search.stdout)) == 3
    assert "Only the first 3 are shown" in search.stderr
    drawn = loaded("export", "causal-chains", "MD-performance-drop", "--limit", "2", "-o", "few.dot")
    assert "chains lead there" in drawn.stderr


def test_explain_prints_what_is_sent_and_that_gives_the_rows(loaded: Kb) -> None:
    asked = ("causal-chains", "MD-performance-drop", "--depth", "3", "--limit", "4")
    told = json.loads(loaded("query", *asked, "--explain", "--format", "json").stdout)
    assert "*1..3]" in told["statement"]
    assert told["steps"]["chains"]["found"] == 4
    given = [f"--param={name}={json.dumps(value)}" for name, value in told["parameters"].items()]
    again = loaded("cypher", told["statement"], *given, "--format", "json")
    rows = json.loads(loaded("query", *asked, "--format", "json").stdout)
    assert [row["chain"] for row in json.loads(again.stdout)] == [row["chain"] for row in rows]
    text = loaded("query", *asked, "--explain").stdout
    assert ":param effect => ['MD-performance-drop'];" in text
    assert "filled by kb's step chains" in text


SLOW = """\
// title = "Too much"
// description = "Counts what nobody needs."
UNWIND range(1, 100000) AS a
UNWIND range(1, 100000) AS b
MATCH (t:Turn) WHERE t.index = a + b
RETURN count(t) AS n
"""


def test_a_query_that_takes_too_long_is_ended_with_one_sentence(loaded: Kb, tmp_path: Path) -> None:
    (tmp_path / "slow.cypher").write_text(SLOW, encoding="utf-8")
    begin = time.monotonic()
    run = loaded("query", "slow", "--folder", tmp_path, "--timeout", "1")
    assert time.monotonic() - begin < 60
    assert run.returncode == 6
    assert run.stderr.startswith("kb: The query was ended after 1 s: narrow it")
    assert len(run.stderr.splitlines()) == 1
    assert loaded("query", "top-issues").returncode == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace('"int"', '"integer"'), "params.letters.type"),
        (GOOD.replace("title = ", "title == "), "TOML"),
        (GOOD.replace("$letters", "$words"), "$words"),
        (GOOD.replace(">= $letters", "> 1"), "letters"),
        (GOOD.replace("// title", "// titel"), "tit"),
        ("// only a header\n", "TOML"),
        ("", "title"),
    ],
    ids=["type", "toml", "undeclared", "unused", "key", "no statement", "empty"],
)
def test_a_bad_query_file_is_named(loaded: Kb, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "own.cypher").write_text(text, encoding="utf-8")
    one_sentence(loaded("query", "own", "--folder", tmp_path), 3, "own.cypher", said)


# --- loading ---------------------------------------------------------------------------------

TALK = (
    "Interviewer: {a}, how are you today, and what do you build?\n\nInterviewee: Well, thanks, {a}; boats.\n"
)


def bad_files(folder: Path) -> dict[str, str]:
    """Bad input by name, with words of the sentence each gets."""
    folder.mkdir(exist_ok=True)

    def put(name: str, content: bytes) -> None:
        (folder / name).write_bytes(content)

    put("Interview 1.txt", b"")
    put("Interview 2.txt", bytes(range(256)) * 40)
    put("Interview 3.txt", "Interviewer: café\n\nInterviewee: déjà vu\n".encode("latin-1"))
    put("Interview 4.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n")
    put("Interview 5 - Ann.pdf", _pdf("An invoice, and no interview at all."))
    put("Interview 6 - Ann.pdf", _pdf("An invoice.")[:700])
    put("Interview 7 - Ann.pdf", _pdf("A secret.", password="pass"))
    put("Interview 8.txt", b"   \n\n \n")
    with (folder / "Interview 9.txt").open("wb") as file:
        file.truncate(200 * 2**20)  # one line of 200 MB, sparse on the disk
    put("broken.yaml", b"relations: [1,\n")
    put("other.yaml", b"name: of something else\n")
    os.mkfifo(folder / "Interview 10.txt")
    (folder / "Interview 11.txt").symlink_to(os.devnull)
    (folder / "Interview 12.txt").symlink_to(folder / "gone.txt")
    (folder / "loop").mkdir()
    (folder / "loop" / "up").symlink_to(folder)
    return {
        "Interview 1.txt": "empty", "Interview 2.txt": "binary|UTF-8", "Interview 3.txt": "line 1",
        "Interview 4.pdf": "", "Interview 5 - Ann.pdf": "label", "Interview 6 - Ann.pdf": "",
        "Interview 7 - Ann.pdf": "password|encrypted|protected", "Interview 8.txt": "empty|no ",
        "Interview 9.txt": "MB|binary", "broken.yaml": "YAML", "other.yaml": "key",
        "Interview 10.txt": "regular", "Interview 11.txt": "regular",
        "Interview 12.txt": "no such file", "up": "leads back",
    }  # fmt: skip


def _pdf(text: str, password: str = "") -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    encrypt = StandardEncryption(password) if password else None
    canvas = Canvas(out, encrypt=encrypt)
    canvas.drawString(72, 700, text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_folder_of_bad_files_loads_the_good_one_and_names_each(filled: Kb, tmp_path: Path) -> None:
    folder = tmp_path / "wörk of ours"
    expected = bad_files(folder)
    before = filled.digest()
    run = filled("load", folder, "--format", "json")
    assert run.returncode == 1
    assert filled.digest() == before
    good = folder / "sub földer" / "Interview 77.txt"
    good.parent.mkdir()
    good.write_text(TALK.format(a="Zoë"), encoding="utf-8")
    run = filled("load", folder, "--format", "json")
    assert run.returncode == 1
    sources = {Path(s["path"]).name: s for s in json.loads(run.stdout)["sources"]}
    assert set(sources) == {*expected, good.name}
    assert sources[good.name]["status"] == "loaded"
    for name, words in expected.items():
        source = sources[name]
        assert source["status"] == "failed", source
        error = source["error"]
        assert name in error
        assert "\n" not in error
        assert any(word.casefold() in error.casefold() for word in words.split("|")), error
    again = filled("load", folder)
    assert again.returncode == 1
    for name in expected:
        assert sum(name in line for line in again.stderr.splitlines()) == 1, again.stderr
    # `kb parse` says the same of the same files, and prints what can be read.
    parsed = filled("parse", folder)
    assert parsed.returncode == 1
    assert {json.loads(line)["type"] for line in parsed.stdout.splitlines()} >= {"source", "turn"}
    for name in expected:
        assert name in parsed.stderr or name.endswith(".yaml")


def test_a_path_that_leads_nowhere_makes_no_graph(kb: Kb) -> None:
    for path in ("nothere", "*.zip", "."):
        run = kb("load", path)
        assert run.returncode == 1
        assert "not loaded: " in run.stderr
    assert not kb.db.exists()


def test_a_name_that_is_no_text_is_told(kb: Kb, tmp_path: Path) -> None:
    folder = tmp_path / "names"
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"Interview 7 \xff.txt")).write_text(TALK.format(a="you"), encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only names that are text")
    for args in (["load", "names"], ["load", "names", "--format", "json"], ["parse", "names"]):
        run = kb(*args)
        assert run.returncode == 1
        assert "rename" in run.stderr or "rename" in run.stdout


def test_no_permission_is_told(kb: Kb, tmp_path: Path) -> None:
    file = tmp_path / "Interview 5.txt"
    file.write_text(TALK.format(a="you"), encoding="utf-8")
    file.chmod(0)
    if os.access(file, os.R_OK):
        pytest.skip("this user may read every file")
    run = kb("load", file)
    assert run.returncode == 1
    assert "permission" in run.stderr


def test_a_dry_run_makes_nothing(kb: Kb, samples: Path) -> None:
    run = kb("load", samples, "--dry-run", "--format", "json")
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["dry_run"] is True
    assert list(kb.cwd.iterdir()) == []


def test_data_on_stdout_and_talk_on_stderr(filled: Kb, samples: Path) -> None:
    run = filled("load", samples, "--format", "json")
    assert {s["status"] for s in json.loads(run.stdout)["sources"]} == {"unchanged"}
    run = filled("remove", "904")
    assert (run.returncode, run.stdout) == (0, "")
    assert "904/transcript" in run.stderr
    assert complete(filled, "kb query coder-disagreements --interview 90")[0] == ["901", "902", "903", "905"]
    run = filled("check", "--format", "json")
    assert run.returncode == (1 if json.loads(run.stdout) else 0)


def test_csv_of_the_status_is_csv_alone(loaded: Kb) -> None:
    run = loaded("status", "--format", "csv")
    assert {len(row) for row in csv.reader(io.StringIO(run.stdout))} == {3}
    assert loaded.digest() in run.stderr


def test_the_report_tells_which_shipped_relations_were_loaded_and_no_nought_for_unchanged_files(
    kb: Kb, samples: Path
) -> None:
    name = "Interview 901 - Ada.md"
    run = kb("load", samples / name)
    noted = re.search(r"^note: sample-901\.yaml: .* kb ships are loaded with it: (\d+)\.$", run.stderr, re.M)
    claims = kb("cypher", "MATCH (k:Claim {basis: 'reader'}) RETURN count(k) AS n", "--format", "csv")
    assert noted is not None
    assert claims.stdout.split() == ["n", noted[1]]
    row = next(line for line in kb("load", samples / name).stdout.splitlines() if name in line)
    assert row.split() == ["unchanged", "901/Ada/coding", *str(samples / name).split()]


def test_parse_gives_json_lines(loaded: Kb, samples: Path) -> None:
    run = loaded("parse", samples / "Interview 901 - Ada.md")
    assert run.returncode == 0
    records = [json.loads(line) for line in run.stdout.splitlines()]
    assert records[0]["type"] == "source"
    turn = next(record for record in records if record["type"] == "turn")
    assert {"id", "interview", "index", "speaker", "role", "text"} <= set(turn)
    coding = next(record for record in records if record["type"] == "coding")
    assert {"turn", "label", "code", "coder", "round"} <= set(coding)


def test_of_two_loads_at_once_the_second_is_told_who_is_first(kb: Kb, samples: Path) -> None:
    code = """
        import sys
        from kb.cli import main
        from kb.ingest.reader import Reader
        read = Reader.records
        def slowly(*args):
            print("reading", flush=True)
            sys.stdin.readline()
            return read(*args)
        Reader.records = slowly
        sys.argv[0] = "kb"
        main()
    """
    file = samples / "Interview 904.txt"
    first = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), "load", str(file)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=kb.cwd,
        env={**BASE, "KB_DB": str(kb.db)},
    )  # fmt: skip
    assert first.stdout is not None
    try:
        assert first.stdout.readline() == "reading\n"
        one_sentence(kb("load", file), 4, str(kb.db), "NEO4J_URI")
    finally:
        first.communicate("\n", timeout=patience(60))
    assert first.returncode == 0
    assert json.loads(kb("status", "--format", "json").stdout)["counts"]["Interview"] == 1


def test_ctrl_c_ends_a_load_without_a_traceback(kb: Kb, samples: Path) -> None:
    code = """
        import time
        from kb.cli import main
        from kb.ingest.reader import Reader
        def endless(*_):
            print("reading", flush=True)
            time.sleep(60)
        Reader.records = endless
        main()
    """
    run = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), "load", str(samples)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=kb.cwd,
        env={**BASE, "KB_DB": str(kb.db)},
    )  # fmt: skip
    assert run.stdout is not None
    assert run.stdout.readline() == "reading\n"
    time.sleep(0.2)  # into the sleep, past the print
    run.send_signal(signal.SIGINT)
    _out, err = run.communicate(timeout=30)
    assert run.returncode not in (0, None)
    assert "Traceback" not in err
    assert kb("load", samples).returncode == 0
