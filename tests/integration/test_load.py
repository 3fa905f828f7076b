"""Loading: any order, any number of times, the same graph; what leaves a source leaves the graph."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from kb.codebook import load_codebook, shipped_codebook
from kb.errors import UsageError
from kb.ingest import ahead, reader
from kb.ingest.load import Options, load
from kb.ingest.overrides import Overrides
from kb.ingest.remove import remove
from kb.store.bolt import Store
from kb.store.digest import digest
from tests.integration.graph_check import check_graph
from tests.shared import shared_path

Reader = Callable[..., Iterable[Any]]


def rows(store: Store, query: str, **parameters: object) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in store.read(query, parameters).rows]


def codings(store: Store, interview: str) -> list[tuple[Any, ...]]:
    return rows(
        store,
        "MATCH (t:Turn)-[r:CODED_AS]->(c:Concept) WHERE t.interview = $i "
        "RETURN t.text AS text, r.coder AS coder, r.label AS label, c.name AS name "
        "ORDER BY text, coder, label",
        i=interview,
    )


def wipe(store: Store) -> None:
    store.write("MATCH (n) DETACH DELETE n")


# --- order and repetition --------------------------------------------------------------------


def test_the_samples_make_a_whole_graph(sample_store: Store) -> None:
    check_graph(sample_store)


def test_samples_in_any_order_one_by_one_or_twice(store: Store, samples: Path) -> None:
    load(store, [samples])
    expected = digest(store)
    report = load(store, [samples])
    assert (report.nodes, report.edges, report.interviews) == (0, 0, [])
    assert {source.status for source in report.sources} == {"unchanged"}
    wipe(store)
    files = sorted(samples.iterdir())
    random.Random(1).shuffle(files)
    for file in files:
        assert not load(store, [file]).failed
    assert digest(store) == expected
    check_graph(store)


@pytest.fixture(scope="session")
def real_readings() -> dict[Path, list[Any]]:
    """The records of the real exports of four interviews, read once: a PDF takes seconds."""
    found: dict[Path, list[Any]] = {}
    with reader.Reader(0) as here:
        for folder in ("codings", "moderation"):
            for path in sorted(shared_path("interviews", folder).glob("*.pdf")):
                if re.search(r"Interview (3|11|12|19) ", path.name):
                    found[path] = list(here.records(path))
    assert len(found) == 12
    return found


@pytest.fixture
def read_once(real_readings: dict[Path, list[Any]], monkeypatch: pytest.MonkeyPatch) -> dict[Path, list[Any]]:
    """Loading takes the records from memory."""
    monkeypatch.setattr(reader.Reader, "records", lambda _self, path, _overrides=None: real_readings[path])
    monkeypatch.setattr(ahead, "_ENDINGS", frozenset())  # what it would read ahead is there
    return real_readings


def test_real_interviews_in_any_order_give_one_graph_on_both_engines(
    read_once: dict[Path, list[Any]], embedded_store: Store, neo4j_store: Store
) -> None:
    for store in (embedded_store, neo4j_store):
        wipe(store)
        assert not any(s.status == "failed" for s in load(store, list(read_once)).sources)
        check_graph(store)
    expected = digest(embedded_store)
    assert digest(neo4j_store) == expected
    for seed, store in ((1, embedded_store), (2, embedded_store), (3, neo4j_store)):
        wipe(store)
        paths = list(read_once)
        random.Random(seed).shuffle(paths)
        for path in paths:
            load(store, [path])
        assert digest(store) == expected
        assert load(store, paths).nodes == 0
    # One coder's files out and in again.
    for interview in ("3", "11", "12", "19"):
        remove(embedded_store, interview, coder="PO")
    check_graph(embedded_store)
    assert digest(embedded_store) != expected
    assert rows(embedded_store, "MATCH (c:Coder {name: 'PO'}) RETURN c") == []
    load(embedded_store, list(read_once))
    assert digest(embedded_store) == expected


def test_a_noisy_conversion_and_a_transcript_stand_beside_the_prints(
    real_readings: dict[Path, list[Any]], store: Store
) -> None:
    text = shared_path("interviews", "Interview 11 - Amin (text conversion).txt")
    transcript = shared_path("interviews", "transcripts", "Interview 11.txt")
    with pytest.MonkeyPatch.context() as patch:
        read = reader.Reader.records
        patch.setattr(ahead, "_ENDINGS", frozenset())  # what it would read ahead is there
        patch.setattr(
            reader.Reader,
            "records",
            lambda self, path, overrides=None: real_readings.get(path) or read(self, path, overrides),
        )
        prints = [path for path in real_readings if "Interview 11 " in path.name]
        load(store, prints)
        turns = rows(store, "MATCH (t:Turn) RETURN count(t) AS n")[0][0]
        load(store, [*prints, text, transcript])
        check_graph(store)
        expected = digest(store)
        extra = rows(store, "MATCH (t:Turn) WHERE t.only_in IS NOT NULL RETURN count(t) AS n")[0][0]
        assert rows(store, "MATCH (t:Turn) RETURN count(t) AS n")[0][0] == turns + extra
        assert extra <= 0.05 * turns
        wipe(store)
        for path in (transcript, text, *reversed(prints)):
            load(store, [path])
        assert digest(store) == expected


def test_the_order_of_hashing_does_not_show(samples: Path, tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from kb.settings import Settings; "
        "from kb.store import open_store; from kb.store.digest import digest\n"
        "from kb.ingest.load import load\n"
        "with open_store(Settings(KB_DB=Path(sys.argv[1]))) as store:\n"
        "    load(store, [Path(sys.argv[2])]); print(digest(store))"
    )
    digests = set()
    for seed in ("0", "1", "77"):
        run = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / seed), str(samples)],
            capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        digests.add(run.stdout)
    assert len(digests) == 1


def test_unchanged_files_are_not_read_again(
    embedded_store: Store, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wipe(embedded_store)
    read: list[str] = []
    records = reader.Reader.records

    def counted(self: reader.Reader, path: Path, overrides: Overrides | None = None) -> reader.Records:
        read.append(path.name)
        return records(self, path, overrides)

    monkeypatch.setattr(reader.Reader, "records", counted)
    load(embedded_store, [samples])
    assert len(read) == 6
    load(embedded_store, [samples])
    assert len(read) == 6


# --- a study of two coders, invented ---------------------------------------------------------

TALK = [
    ("Interviewer", "Thanks for coming. What does your team build, and for whom do you build it?", ()),
    (
        "Interviewee",
        "We sort letters for the post, eleven thousand an hour, by the hand writing.",
        (),
    ),
    ("Interviewer", "And what went wrong with it in the first year?", ()),
    (
        "Interviewee",
        "The pictures came from four old cameras, so half of them were too dark to read at all.",
        ("Data-low-quality",),
    ),
    (
        "Interviewee",
        "Because the pictures were dark the model learned the stamp and not the address, it overfitted.",
        ("MT-overfitting", "Data-low-quality"),
    ),
    ("Interviewer", "How did you get out of that, if you did?", ()),
    (
        "Interviewee",
        "We bought lamps. Really, lamps; it was the cheapest fix that anybody had ever proposed there.",
        ("Data-low-quality-fix",),
    ),
    ("Interviewer", "Is there anything that you would do differently today?", ()),
    ("Interviewee", "I would look at a hundred pictures by eye before I train a single network on them.", ()),
]
Talk = list[tuple[str, str, tuple[str, ...]]]


def write(folder: Path, coder: str, talk: Talk, interview: int = 801) -> Path:
    """A text conversion of a coder's export."""
    folder.mkdir(exist_ok=True)
    path = folder / f"Interview {interview} - {coder}.md"
    parts = [f"# Interview {interview} - {coder}"]
    for speaker, text, codes in talk:
        parts += [f"## {speaker}", text, *codes]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path


def coded(talk: Talk, changes: dict[int, tuple[str, ...]]) -> Talk:
    return [(who, text, changes.get(at, codes)) for at, (who, text, codes) in enumerate(talk)]


@pytest.fixture
def study(tmp_path: Path) -> tuple[Path, Path]:
    """Two coders of one interview; Bea leaves the overfitting out and adds a code of her own."""
    ann = write(tmp_path, "Ann", TALK)
    bea = write(tmp_path, "Bea", coded(TALK, {4: ("Data-low-quality",), 8: ("Data-exploration",)}))
    return ann, bea


def test_the_turns_of_an_interview_exist_once(store: Store, study: tuple[Path, Path]) -> None:
    load(store, study)
    check_graph(store)
    assert rows(store, "MATCH (t:Turn) RETURN count(t) AS n") == [(len(TALK),)]
    assert rows(store, "MATCH (c:Coder) RETURN c.name AS n ORDER BY n") == [("Ann",), ("Bea",)]
    assert rows(store, "MATCH (:Concept {name: 'Data-low-quality'})-[r:HAS_FIX]->(f) RETURN f.name AS f") == [
        ("Data-low-quality-fix",)
    ]


def test_what_leaves_a_source_leaves_the_graph_and_nothing_else_does(
    store: Store, study: tuple[Path, Path]
) -> None:
    ann, bea = study
    load(store, study)
    before = codings(store, "801")
    talk = coded(TALK, {4: (), 6: ()})  # Ann takes back both codes of one turn, and the fix
    write(ann.parent, "Ann", talk)
    report = load(store, study)
    assert [s.status for s in report.sources] == ["loaded", "unchanged"]
    check_graph(store)
    gone = [row for row in before if row[1] == "Ann" and row[0] in (TALK[4][1], TALK[6][1])]
    assert len(gone) == 3
    assert codings(store, "801") == [row for row in before if row not in gone]
    assert rows(store, "MATCH (c:Concept {name: 'MT-overfitting'}) RETURN c") == []  # hers alone
    assert rows(store, "MATCH (:Concept)-[r:HAS_FIX]->(:Concept) RETURN r.claims AS n") == [(1,)]  # Bea's
    after = digest(store)
    wipe(store)
    load(store, [bea, ann])
    assert digest(store) == after


def test_a_turn_that_leaves_the_only_source_leaves_the_graph(store: Store, study: tuple[Path, Path]) -> None:
    ann, bea = study
    load(store, [ann])
    write(ann.parent, "Ann", TALK[:-2])
    load(store, [ann])
    check_graph(store)
    assert rows(store, "MATCH (t:Turn) RETURN count(t) AS n") == [(len(TALK) - 2,)]
    load(store, [bea])  # who still has them
    check_graph(store)
    assert rows(store, "MATCH (t:Turn) RETURN count(t) AS n") == [(len(TALK),)]


def test_removing_a_coder_leaves_what_the_other_supports(store: Store, study: tuple[Path, Path]) -> None:
    _ann, bea = study
    load(store, [bea])
    alone = digest(store)
    load(store, study)
    assert remove(store, "801", coder="Ann") == ["801/Ann/coding"]
    check_graph(store)
    assert digest(store) == alone
    with pytest.raises(UsageError, match="801"):
        remove(store, "801", coder="Ann")
    remove(store, "801")
    assert rows(store, "MATCH (n) RETURN count(n) AS n") == [(0,)]
    with pytest.raises(UsageError):
        remove(store, "801")


def test_one_coders_two_rounds_are_two_sources(store: Store, tmp_path: Path) -> None:
    first = write(tmp_path / "codings", "Ann", TALK)
    again = write(tmp_path / "moderation", "Ann", TALK)
    load(store, [first, again])
    expected = digest(store)
    assert rows(store, "MATCH (:Coder)-[r:CODED]->() RETURN r.round AS r ORDER BY r") == [
        ("coding",), ("moderation",)
    ]  # fmt: skip
    wipe(store)
    for path in (first, again):  # of the very same bytes
        load(store, [path])
    assert digest(store) == expected
    assert {s.status for s in load(store, [tmp_path]).sources} == {"unchanged"}


def test_a_users_notes_survive_a_reload(store: Store, study: tuple[Path, Path]) -> None:
    ann, _bea = study
    load(store, study)
    before = digest(store)
    store.write(
        "MATCH (c:Concept {name: 'Data-low-quality'}) MATCH (t:Turn {id: '801:0003'}) "
        "SET c:Starred, c.mine = 'look again', t.mine = 1 "
        "CREATE (:Memo {text: 'mine'})-[:ON {since: 2024}]->(c) CREATE (:Memo {text: 'mine too'}) "
        "CREATE (c)-[:SEEN_IN]->(t)"
    )
    assert digest(store) == before
    write(ann.parent, "Ann", coded(TALK, {0: ("Data-low-quality",), 3: ()}))
    load(store, [ann])
    check_graph(store)
    kept = rows(
        store,
        "MATCH (m:Memo)-[r:ON]->(c:Starred)-[:SEEN_IN]->(t:Turn) "
        "RETURN m.text AS m, r.since AS s, c.mine AS c, t.mine AS t",
    )
    assert kept == [("mine", 2024, "look again", 1)]


# --- codebook --------------------------------------------------------------------------------


def test_a_codebook_given_later_changes_kinds_and_is_kept(
    store: Store, study: tuple[Path, Path], tmp_path: Path
) -> None:
    ann, bea = study
    load(store, [ann])
    own = tmp_path / "codebook.csv"
    own.write_text(
        "code,kind,issue,aliases\nOwn-trouble,issue,,MT-overfitting\nData-low-quality-fix,fix,Own-trouble,\n",
        encoding="utf-8",
    )
    book = shipped_codebook().merge(load_codebook(own))
    report = load(store, [], Options(codebook=book))
    assert report.interviews == ["801"]
    check_graph(store)
    assert rows(store, "MATCH (a)-[:HAS_FIX]->(f) RETURN a.name AS a, f.name AS f") == [
        ("Own-trouble", "Data-low-quality-fix")
    ]
    assert rows(store, "MATCH (c:Concept {name: 'MT-overfitting'}) RETURN c") == []
    load(store, [bea])  # without naming the codebook again
    assert rows(store, "MATCH (a)-[:HAS_FIX]->(f) RETURN DISTINCT a.name AS a") == [("Own-trouble",)]
    expected = digest(store)
    wipe(store)
    load(store, [bea, ann], Options(codebook=book))
    assert digest(store) == expected


# --- relations -------------------------------------------------------------------------------


def relation(quote: str, cause: str = "Data-low-quality", interview: int = 801) -> str:
    return (
        f'interview: "{interview}"\nrelations:\n- id: r1\n  kind: causes\n  cause: {cause}\n'
        f'  effect: MT-overfitting\n  explicit: stated\n  quote: "{quote}"\n'
    )


def test_a_relation_is_a_claim_with_its_words(store: Store, study: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(relation("because the pictures were dark"), encoding="utf-8")
    assert not load(store, [*study, file]).failed
    check_graph(store)
    found = rows(
        store,
        "MATCH (k:Claim {kind: 'causes'})-[e:EVIDENCED_BY]->(t:Turn) RETURN t.id AS t, e.quote AS q, "
        "k.person AS p",
    )
    assert found == [("801:0004", TALK[4][1], "801/Interviewee")]
    expected = digest(store)
    for order in ([file.parent], [study[1]], [study[0], file]):
        load(store, order)
    assert digest(store) == expected
    file.write_text("relations: []\n", encoding="utf-8")  # taken back
    load(store, [file])
    check_graph(store)
    assert rows(store, "MATCH (k:Claim {kind: 'causes'}) RETURN k") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (relation("the lorry was late"), "the lorry was late"),
        (relation("the pictures"), "2 times|3 times"),
        (relation("because the pictures were dark", cause="Data-low-qualty"), "Data-low-quality"),
        (relation("because the pictures were dark", interview=77), "interview 77"),
    ],
    ids=["not found", "found twice", "misspelt code", "no such interview"],
)
def test_a_relation_that_cannot_be_placed_is_named_and_the_rest_is_loaded(
    store: Store, study: tuple[Path, Path], tmp_path: Path, text: str, said: str
) -> None:
    load(store, study)
    without = rows(store, "MATCH (k:Claim) RETURN k.id AS id ORDER BY id")
    wipe(store)
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    report = load(store, [*study, file])
    assert report.failed
    told = [s.error or "" for s in report.sources] + [
        n.message for n in report.not_placed if n.level == "lost"
    ]
    assert any(re.search(said, message) for message in told), told
    check_graph(store)
    assert rows(store, "MATCH (k:Claim) RETURN k.id AS id ORDER BY id") == without
    assert len(codings(store, "801")) == 8


def test_a_relation_without_its_words_is_told_at_every_load(
    store: Store, study: tuple[Path, Path], tmp_path: Path
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(relation("the lorry was late"), encoding="utf-8")
    load(store, [*study, file])
    before = digest(store)
    report = load(store, [file])  # unchanged: nothing is written, and nothing is mended either
    assert (report.nodes, report.interviews) == (0, [])
    assert report.failed
    assert [(n.level, n.source, n.line) for n in report.not_placed] == [("lost", "own.yaml", 3)]
    assert digest(store) == before
    assert not load(store, list(study)).failed  # the file is not named


def test_two_files_that_are_one_source_are_refused_whichever_the_graph_holds(
    store: Store, study: tuple[Path, Path], tmp_path: Path
) -> None:
    ann = study[0]
    other = tmp_path / "other" / ann.name
    other.parent.mkdir()
    other.write_text(
        ann.read_text(encoding="utf-8").replace("Data-low-quality", "Data-grain"), encoding="utf-8"
    )
    load(store, [ann])
    before = digest(store)
    for order in ([ann, other], [ann, other]):
        report = load(store, order)
        assert [s.status for s in report.sources] == ["unchanged", "failed"]
        assert str(ann) in (report.sources[1].error or "")
        assert digest(store) == before
    load(store, [other])  # by itself it is the source's new version
    assert digest(store) != before
    copy = tmp_path / "copy" / ann.name
    copy.parent.mkdir()
    shutil.copy(other, copy)
    assert [s.status for s in load(store, [copy, other]).sources] == ["unchanged", "unchanged"]


def test_what_fixes_and_what_does_not_are_summed_apart(
    store: Store, study: tuple[Path, Path], tmp_path: Path
) -> None:
    file = tmp_path / "own.yaml"
    entry = (
        "- {id: %s, kind: %s, %s: Data-low-quality-fix, issue: Data-low-quality, explicit: stated, "
        "quote: %s}\n"
    )
    file.write_text(
        'interview: "801"\nrelations:\n'
        + entry % ("r1", "does-not-fix", "fix", "because the pictures were dark")
        + entry % ("r2", "detects", "detection", "look at a hundred pictures"),
        encoding="utf-8",
    )
    load(store, [*study, file])
    check_graph(store)
    sums = rows(
        store,
        "MATCH (:Concept {name: 'Data-low-quality'})-[r]->(:Concept {name: 'Data-low-quality-fix'}) "
        "RETURN type(r) AS t, r.claims AS n, r.stated AS s ORDER BY t",
    )
    assert sums == [("DETECTED_BY", 1, "stated"), ("HAS_FIX", 1, "coded"), ("NOT_FIXED_BY", 1, "stated")]


def test_a_refused_new_version_of_a_relations_file_leaves_the_old_one(
    store: Store, study: tuple[Path, Path], tmp_path: Path
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(relation("because the pictures were dark"), encoding="utf-8")
    load(store, [*study, file])
    before = digest(store)
    file.write_text(relation("because the pictures were dark", cause="Data-low-qualty"), encoding="utf-8")
    assert load(store, [file]).failed
    assert digest(store) == before


# --- another interview's file ----------------------------------------------------------------

OTHER: Talk = [
    ("Interviewer", f"A wholly different question number {word}, about ships and their cargo?", ())
    if at % 2 == 0
    else (
        "Interviewee",
        f"The {word} harbour never answered our calls, so nobody counted boxes.",
        ("X-y",),
    )
    for at, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight"])
]


@pytest.mark.parametrize("coder", ["Cid", "Ann"])
def test_another_interviews_file_under_the_same_number_changes_nothing(
    store: Store, study: tuple[Path, Path], tmp_path: Path, coder: str
) -> None:
    load(store, study)
    before = digest(store)
    stranger = write(tmp_path / "other", coder, OTHER)
    report = load(store, [stranger])
    assert report.failed
    assert report.sources[0].status == "failed"
    assert "--interview" in (report.sources[0].error or "")
    assert digest(store) == before
    check_graph(store)
    load(store, [stranger], Options(overrides=Overrides(interview="802")))
    check_graph(store)
    assert rows(store, "MATCH (i:Interview) RETURN i.id AS id ORDER BY id") == [("801",), ("802",)]


# --- alignment -------------------------------------------------------------------------------


def perturb(talk: Talk, rng: random.Random) -> Talk:
    """One source's reading as tools and people change it: names, headings, cuts, a turn too many."""
    text = [list(turn) for turn in talk]
    for turn in text:
        words = str(turn[1]).split()
        for _ in range(rng.randrange(3)):
            words[rng.randrange(len(words))] = rng.choice(["[anonymised]", "<NAME>", "uh", "X"])
        turn[1] = " ".join(words)
    at = rng.randrange(len(text) - 1)
    kind = rng.choice(["merge", "split", "extra", "none"])
    if kind == "merge":
        text[at][1] = f"{text[at][1]} {text[at + 1][1]}"
        text[at][2] = (*text[at][2], *text[at + 1][2])  # type: ignore[misc]
        del text[at + 1]
    elif kind == "split":
        words = str(text[at][1]).split()
        half = len(words) // 2
        text[at : at + 1] = [
            [text[at][0], " ".join(words[:half]), ()],
            [text[at][0], " ".join(words[half:]), text[at][2]],
        ]
    elif kind == "extra":
        text.insert(at, ["Interviewee", "Sorry, that was my dog, he wants to go out now.", ()])
    return [(str(who), str(said), tuple(codes)) for who, said, codes in text]


@pytest.mark.parametrize("seed", range(6))
def test_perturbed_sources_give_one_graph_in_any_order(
    embedded_store: Store, tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    files = [write(tmp_path, coder, perturb(TALK, rng)) for coder in ("Ann", "Bea", "Cid")]
    transcript = tmp_path / "Interview 801.txt"
    clean = "\n\n".join(f"{who}: {said}" for who, said, _ in TALK)
    transcript.write_text(clean + "\n", encoding="utf-8")
    files.append(transcript)
    wipe(embedded_store)
    load(embedded_store, files)
    check_graph(embedded_store)
    expected = digest(embedded_store)
    texts = {text for (text,) in rows(embedded_store, "MATCH (t:Turn) RETURN t.text AS text")}
    assert {said for _, said, _ in TALK} <= texts  # the transcript's turns are the interview's
    assert all("dog" in text for text in texts - {said for _, said, _ in TALK})
    for _ in range(2):
        rng.shuffle(files)
        wipe(embedded_store)
        for file in files:
            load(embedded_store, [file])
        assert digest(embedded_store) == expected


def test_merged_and_split_turns_keep_their_codes_at_the_passage(store: Store, tmp_path: Path) -> None:
    ann = write(tmp_path, "Ann", TALK)
    merged: Talk = [
        *TALK[:3],
        ("Interviewee", f"{TALK[3][1]} {TALK[4][1]}", ("Data-low-quality",)),
        *TALK[5:],
    ]
    bea = write(tmp_path, "Bea", merged)
    load(store, [ann, bea])
    check_graph(store)
    assert rows(store, "MATCH (t:Turn) RETURN count(t) AS n") == [(len(TALK),)]
    at = rows(store, "MATCH (t:Turn)-[r:CODED_AS {coder: 'Bea'}]->(:Concept {name: 'Data-low-quality'}) "
                     "RETURN t.index AS at")  # fmt: skip
    assert at[0][0] in (3, 4)


def test_a_turn_that_one_source_alone_has_is_kept_and_told(store: Store, tmp_path: Path) -> None:
    ann = write(tmp_path, "Ann", TALK)
    extra = (
        "Interviewee",
        "Wait, the fire alarm rings, I have to leave for a moment.",
        ("Noise",),
    )
    bea = write(tmp_path, "Bea", [*TALK[:5], extra, *TALK[5:]])
    report = load(store, [ann, bea])
    check_graph(store)
    found = rows(store, "MATCH (t:Turn) WHERE t.only_in IS NOT NULL RETURN t.text AS text, t.only_in AS s")
    assert found == [(extra[1], "801/Bea/coding")]
    assert any("kept" in item.message and item.level == "warning" for item in report.not_placed)
    before = rows(store, "MATCH (a:Turn)-[:NEXT]->(t:Turn) WHERE t.only_in IS NOT NULL RETURN a.text AS text")
    assert before == [(TALK[4][1],)]


def test_a_dry_run_writes_nothing(store: Store, study: tuple[Path, Path]) -> None:
    load(store, [study[0]])
    before = digest(store)
    report = load(store, study, Options(dry_run=True))
    assert [s.status for s in report.sources] == ["unchanged", "loaded"]
    assert digest(store) == before


def test_a_bad_file_among_good_ones_is_named_and_the_others_are_loaded(
    store: Store, study: tuple[Path, Path], tmp_path: Path
) -> None:
    load(store, study)
    expected = digest(store)
    wipe(store)
    (tmp_path / "Interview 803 - Ann.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    (tmp_path / "Interview 804.txt").write_bytes(b"")
    report = load(store, [tmp_path])
    assert {Path(s.path).name for s in report.sources if s.status == "failed"} == {
        "Interview 803 - Ann.pdf", "Interview 804.txt"
    }  # fmt: skip
    assert digest(store) == expected


def test_the_same_file_by_two_ways_is_one(embedded_store: Store, study: tuple[Path, Path]) -> None:
    wipe(embedded_store)
    ann, _bea = study
    copy = ann.parent / "copy"
    copy.mkdir()
    shutil.copy(ann, copy / ann.name)
    report = load(embedded_store, [ann, ann, ann.parent / "." / ann.name, copy])
    assert not report.failed
    assert [s.status for s in report.sources] == ["loaded", "unchanged"]
    check_graph(embedded_store)
