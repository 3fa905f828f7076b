"""Proposals over a graph, from a file to the queue; what is accepted says in its claim who proposed it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from kb.ask.answer import ask
from kb.ask.query import find_query
from kb.ingest.load import load
from kb.propose.over_graph import OverGraph
from kb.propose.queue import append, read_queue
from kb.propose.read import read_proposed
from kb.propose.verify import Verifier
from kb.store.bolt import Store
from kb.store.digest import digest
from tests.integration.test_cli import Kb, filled, kb, loaded, one_sentence

__all__ = ["filled", "kb", "loaded"]

OVERFIT = "If there’s no signal it will learn the noise, it learns the training set by heart"
PROPOSALS: list[dict[str, object]] = [
    {"kind": "causes", "cause": "data no signal", "effect": "MT-overfitting", "interview": "901",
     "quote": "We tried bigger networks, we tuned for a month and it overfitted", "by": "a model"},
    {"kind": "causes", "cause": "data no signal", "effect": "a model that learns noise", "interview": 901,
     "quote": OVERFIT + " every day", "by": "a model"},
    {"kind": "causes", "cause": "Data-no-signal", "effect": "a model that learns noise", "interview": "904",
     "quote": "If there's no signal it will learn the noise", "by": "a model"},
    {"kind": "causes", "cause": "Data-no-signal", "effect": "a model that learns noise", "interview": "901",
     "quote": "If there's no signal … it learns the training set by heart", "by": "a model"},
]  # fmt: skip


def _file(folder: Path) -> Path:
    path = folder / "found.jsonl"
    path.write_text("\n".join(map(json.dumps, PROPOSALS)), encoding="utf-8")
    return path


def test_proposals_wait_and_what_is_accepted_says_who_proposed_it(
    store: Store, samples: Path, tmp_path: Path
) -> None:
    load(store, [samples])
    before = digest(store)
    rows = read_proposed(_file(tmp_path)).rows
    outcomes = list(Verifier(OverGraph(store, rows).source()).all(rows))
    proposals = [each.proposal for each in outcomes if each.proposal]
    assert [each.status for each in proposals] == ["refused", "refused", "refused", "waiting"]
    assert "not in this interview: it stands in 901:0008" in str(proposals[2].refusal)
    waiting = proposals[3]
    assert waiting.turns == ("901:0008",)
    assert "coded with Data-no-signal by Ada, Ben" in waiting.speaks_for
    queue = tmp_path / "proposals.jsonl"
    append(queue, proposals)
    assert read_queue(queue) == proposals
    assert digest(store) == before  # never in the graph
    quotes = json.dumps(waiting.quotes, ensure_ascii=False)
    relations = (
        f'interview: "901"\nrelations:\n- id: P1\n  kind: causes\n  cause: {waiting.start}\n'
        f"  effect: {waiting.end}\n  explicit: {waiting.explicit}\n  quotes: {quotes}\n"
        f"  by: {waiting.by}\n  reviewer: Ada\n"
    )
    (tmp_path / "accepted.yaml").write_text(relations, encoding="utf-8")
    report = load(store, [tmp_path / "accepted.yaml"])
    assert not report.failed
    asked = {"of": "Data-no-signal", "and": "a model that learns noise"}
    (row,) = ask(store, find_query("evidence-of-relation"), asked).rows
    assert (row["turn"], row["by"], row["reviewer"]) == ("901:0008", "a model", "Ada")
    told = list(Verifier(OverGraph(store, rows).source()).all(rows))[3].proposal
    assert told is not None
    assert "in the graph already, told in 901." in told.warnings


def test_only_what_a_reader_refused_is_told_as_refused(store: Store, samples: Path, tmp_path: Path) -> None:
    load(store, [samples])
    ledger = tmp_path / "relations.yaml"
    rows = read_proposed(_file(tmp_path)).rows[3:]
    ends = "cause: Data-no-signal, effect: a model that learns noise"

    def told(text: str) -> list[str]:
        ledger.write_text(text, encoding="utf-8")
        [outcome] = Verifier(OverGraph(store, rows, ledger=ledger).source()).all(rows)
        assert outcome.proposal is not None
        return [each for each in outcome.proposal.warnings if "refused" in each]

    accepted = (
        f"relations:\n- {{id: S1, interview: '901', kind: causes, {ends}, explicit: stated, quote: "
        "'it learns the training set by heart'}\n"
    )
    assert told(accepted) == []
    refused = f"relations: []\nrefused:\n- {{kind: causes, {ends}"
    assert told(refused + "}\n") == ["refused by a reader before."]
    assert told(refused + ", interview: '901'}\n") == ["refused by a reader before, in this interview."]
    assert told(refused + ", interview: '902'}\n") == []


def test_the_command_tells_every_outcome_and_ends_with_1_if_one_is_refused(
    filled: Kb, tmp_path: Path
) -> None:
    file = _file(tmp_path)
    before = filled.digest()
    checked = filled("propose", file, "--check", "--format", "json")
    assert checked.returncode == 1
    rows = json.loads(checked.stdout)
    assert [row["status"] for row in rows] == ["refused", "refused", "refused", "waiting"]
    assert not (tmp_path / "proposals.jsonl").exists()
    shown = filled("propose", file)
    assert shown.returncode == 1
    assert "refused: not in the transcript: the nearest is" in shown.stdout
    assert "1 of them new in proposals.jsonl" in shown.stderr
    assert [each.status for each in read_queue(tmp_path / "proposals.jsonl")][3] == "waiting"
    again = filled("propose", file, "--format", "csv")
    known = [row["known"] for row in csv.DictReader(io.StringIO(again.stdout))]
    assert known == ["queue"] * 4
    assert "0 of them new" in again.stderr
    assert filled.digest() == before
    file.write_text(json.dumps(PROPOSALS[3]), encoding="utf-8")
    assert filled("propose", file).returncode == 0
    # The queue may stand in a folder that is loaded.
    folder = tmp_path / "relations"
    folder.mkdir()
    (folder / "more.yaml").write_text('interview: "901"\nrelations: []\n', encoding="utf-8")
    assert filled("propose", file, "--into", folder).returncode == 0
    assert (folder / "proposals.jsonl").exists()
    again = filled("load", folder)
    assert again.returncode == 0, again.stderr
    assert "only what a reader accepts is loaded" in again.stderr
    assert filled.digest() == before


def test_the_prompt_is_printed_or_written_and_unknown_interviews_are_told(loaded: Kb, tmp_path: Path) -> None:
    printed = loaded("propose", "--prompt", "904")
    assert printed.returncode == 0
    assert "[904:0006] Interviewee: Well, because nobody has described the fields" in printed.stdout
    assert "nothing was sent anywhere" in printed.stderr
    written = loaded("propose", "--prompt", "904", "905", "--size", "12000", "-o", tmp_path / "pieces")
    assert written.returncode == 0, written.stderr
    files = sorted(path.name for path in (tmp_path / "pieces").iterdir())
    assert files[0].startswith("propose-904-1-of-")
    assert {name[8:11] for name in files} == {"904", "905"}
    assert all(len(path.read_text("utf-8")) <= 12_000 for path in (tmp_path / "pieces").iterdir())
    one_sentence(loaded("propose", "--prompt", "94"), 2, "no interview '94'", "Did you mean '904'?")
    one_sentence(loaded("propose", "nothing.jsonl"), 3, "There is no such file")
    one_sentence(loaded("propose", "a.csv", "b.csv"), 2, "Name one file of proposals")
