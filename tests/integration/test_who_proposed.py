"""Who proposed a relation and who took it in: kept in its claim, shown, and carried along."""

from __future__ import annotations

from pathlib import Path

from kb.ask.answer import ask
from kb.ask.query import find_query
from kb.ingest.load import load
from kb.ingest.rebuild import differences
from kb.store.bolt import Store
from kb.store.digest import digest
from kb.store.dump import dump
from kb.store.restore import restore

TALK = """Interviewer: What goes wrong in the bakery?

Interviewee: Wet flour makes the dough stick, every autumn.
"""
ENTRY = """interview: "61"
relations:
- id: A1
  kind: causes
  cause: wet flour
  effect: sticky dough
  explicit: stated
  quote: "Wet flour makes the dough stick"
"""
WHO = "  by: a reading machine\n  reviewer: Zacharias\n"


def _loaded(store: Store, folder: Path, entry: str) -> None:
    (folder / "Interview 61.txt").write_text(TALK, encoding="utf-8")
    (folder / "relations.yaml").write_text(entry, encoding="utf-8")
    assert not load(store, [folder]).failed


def _who(store: Store) -> list[tuple[object, object]]:
    found = ask(store, find_query("evidence-of-relation"), {"of": "wet flour"}).rows
    return [(row["by"], row["reviewer"]) for row in found]


def test_the_claim_says_who_proposed_it_and_who_took_it_in(store: Store, tmp_path: Path) -> None:
    _loaded(store, tmp_path, ENTRY + WHO)
    assert _who(store) == [("a reading machine", "Zacharias")]
    assert not differences(store)
    with_it = digest(store)
    dump(store, tmp_path / "study.gz")
    restore(store, tmp_path / "study.gz", replace=True)
    assert digest(store) == with_it
    assert _who(store) == [("a reading machine", "Zacharias")]
    (tmp_path / "study.gz").unlink()
    _loaded(store, tmp_path, ENTRY)  # taken out of the file, it leaves the claim
    assert _who(store) == [(None, None)]
    assert digest(store) != with_it
