"""Names replaced at load: the graph is that of files without them, and holds no name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.errors import UsageError
from kb.ingest.load import Options, load
from kb.ingest.overrides import Overrides
from kb.ingest.people_table import read_participants
from kb.ingest.pseudonyms import read_pseudonyms
from kb.ingest.rebuild import rebuild
from kb.ingest.remove import remove
from kb.ingest.report import LoadReport
from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store
from kb.store.digest import digest, lines

REAL = {"anna": "Anna", "boss": "Maximilian Oberhuber", "coder": "Zoë"}
INVENTED = {"anna": "Marta", "boss": "Li", "coder": "P3"}
TALK = """\
# Interview 7 - {coder}

## Interviewer

Good morning, {anna}. What went wrong?

## Interviewee

{boss} switched the alarm off, and then the pump ran dry.

Pump-dry

Alarm-off

## Interviewee

We hung up a sign, and since {boss}'s alarm is on again the pump is fine.

Pump-dry-fix
"""
OTHER = """\
Interviewer: And you?

{anna}: ANNAS is another word, but {ANNA} shouted and {boss} came.
"""
RELATIONS = """\
relations:
- {{interview: 7, id: R1, kind: causes, cause: Alarm-off, effect: Pump-dry, explicit: stated,
   quote: "{boss} switched the alarm off", note: "{anna} is sure"}}
- {{interview: 7, id: R2, kind: causes, cause: "{boss} in a hurry", effect: Alarm-off, explicit: implied,
   quote: "{boss} switched", speaker: Interviewee}}
"""
PEOPLE = "interview,speaker,name,friend\n7,Interviewee,{anna},{boss}\n"


def write(folder: Path, who: dict[str, str]) -> Path:
    """The study with some names; returns its table of participants."""
    folder.mkdir()
    said = who | {"ANNA": who["anna"].upper()}
    (folder / "codings").mkdir()
    (folder / "codings" / f"Interview 7 - {who['coder']}.md").write_text(
        TALK.format(**said), encoding="utf-8"
    )
    (folder / f"Talk with {who['anna']}.txt").write_text(OTHER.format(**said), encoding="utf-8")
    (folder / "relations.yaml").write_text(RELATIONS.format(**said), encoding="utf-8")
    table = folder.with_suffix(".csv")
    table.write_text(PEOPLE.format(**said), encoding="utf-8")
    return table


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "names.csv"
    path.write_text("".join(f"{REAL[key]},{INVENTED[key]}\n" for key in REAL), encoding="utf-8")
    return path


def run(
    store: Store,
    folder: Path,
    names: Path | None,
    table: Path | None = None,
    interviewees: tuple[str, ...] = ("Anna", "Marta"),
) -> LoadReport:
    overrides = Overrides(interviewees=interviewees, pseudonyms=read_pseudonyms(names) if names else None)
    tables = (table,) if table else ()
    return load(store, [folder], Options(overrides=overrides, participants=tables))


def content(store: Store) -> list[str]:
    """What the graph says, but for what tells the files' bytes and what was made from them."""
    properties = r'"(?:sha256|build)":"[0-9a-f]*",?'
    found = []
    for kind, line in lines(store):
        found.append(f"{kind} {re.sub(properties, '', line)}")
    return sorted(found)


def test_the_graph_is_that_of_files_without_the_names(store: Store, tmp_path: Path, names: Path) -> None:
    table = write(tmp_path / "people", REAL)
    report = run(store, tmp_path / "people", names, table)
    assert not report.failed, report
    replaced = content(store)
    store.write("MATCH (n) DETACH DELETE n")
    (tmp_path / "invented").mkdir()
    table = write(tmp_path / "invented" / "people", INVENTED)
    assert not run(store, tmp_path / "invented" / "people", None, table).failed
    assert content(store) == replaced


def test_loading_again_changes_nothing(store: Store, tmp_path: Path, names: Path) -> None:
    table = write(tmp_path / "people", REAL)
    run(store, tmp_path / "people", names, table)
    before = digest(store)
    again = run(store, tmp_path / "people", names, table, ())
    assert {source.status for source in again.sources} == {"unchanged"}
    assert not again.interviews
    rebuild(store)
    again = run(store, tmp_path / "people", names, table, ())
    assert {source.status for source in again.sources} == {"unchanged"}
    assert digest(store) == before


def test_a_name_more_is_replaced_when_the_files_come_again(store: Store, tmp_path: Path, names: Path) -> None:
    table = write(tmp_path / "people", REAL)
    all_names = names.read_text(encoding="utf-8")
    names.write_text(all_names.split("\n")[0], encoding="utf-8")
    run(store, tmp_path / "people", names, table)
    names.write_text(all_names, encoding="utf-8")
    run(store, tmp_path / "people", names, table)
    texts = " ".join(row["text"] for row in store.read("MATCH (t:Turn) RETURN t.text AS text").rows)
    assert "Maximilian" not in texts
    assert "Li switched the alarm off" in texts


def test_without_the_list_the_names_do_not_come_back(store: Store, tmp_path: Path, names: Path) -> None:
    write(tmp_path / "people", REAL)
    run(store, tmp_path / "people", names)
    before = digest(store)
    with pytest.raises(UsageError, match="--pseudonyms FILE"):
        run(store, tmp_path / "people", None)
    # Somebody says that there are no names in it; but these files have been here.
    options = Options(overrides=Overrides(interviewees=("Anna",)), without_pseudonyms=True)
    report = load(store, [tmp_path / "people"], options)
    assert {source.status for source in report.sources} == {"failed"}
    assert digest(store) == before
    other = tmp_path / "Interview 9.txt"
    other.write_text("Interviewer: And?\n\nInterviewee: Nobody is named here.\n", encoding="utf-8")
    assert not load(store, [other], Options(without_pseudonyms=True)).failed
    # When all that had names is gone, nothing is left to bring back.
    for interview in ("7", "talk-with-marta"):
        remove(store, interview)
    assert not load(store, [other]).failed


def test_nothing_of_the_names_is_in_the_files(tmp_path: Path, names: Path) -> None:
    table = write(tmp_path / "people", REAL)
    with open_store(Settings(KB_DB=tmp_path / "db")) as store:
        assert not run(store, tmp_path / "people", names, table).failed
    found = b"".join(path.read_bytes() for path in sorted((tmp_path / "db").rglob("*")) if path.is_file())
    assert b"Marta" in found
    for name in ("Anna", "Maximilian", "Oberhuber", "Zoë"):
        for form in (name, name.upper(), name.lower()):
            # ANNAS stands for a word that only begins like the name.
            left = found.replace(b"ANNAS", b"")
            assert form.encode() not in left, form
            assert form.encode("utf-16-le") not in left, form


def test_codings_are_still_at_their_words(store: Store, tmp_path: Path, names: Path) -> None:
    write(tmp_path / "people", REAL)
    run(store, tmp_path / "people", names)
    rows = store.read(
        "MATCH (k:Claim)-[e:EVIDENCED_BY]->(t:Turn) RETURN e.quote AS quote, t.text AS text"
    ).rows
    assert len(rows) >= 3
    assert all(row["quote"] in row["text"] for row in rows)
    assert any(row["quote"].startswith("Li switched") for row in rows)


def test_a_table_of_participants(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "sep=;\nName;Interview;Years;;Note\nRosa;7;3,5;lost;\nTom;7|8;007;;x\n;;9;;\nRosa;9;4;;\n",
        encoding="cp1252",
    )
    table = read_participants(path)
    assert [(row.name, row.interview) for row in table.rows] == [
        ("Rosa", "7"), ("Tom", "7"), ("Tom", "8"), ("Rosa", "9"),
    ]  # fmt: skip
    assert [row.attributes for row in table.rows[:2]] == [{"Years": 3.5}, {"Years": "007", "Note": "x"}]
    said = [notice.message for notice in table.notices]
    assert any("neither a name nor an interview" in each for each in said)
    assert any("'Years' of 'Rosa' is given twice" in each for each in said)
    assert "cells in columns without a name: 1." in said
