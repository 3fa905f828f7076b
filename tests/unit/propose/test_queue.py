"""The queue of proposals: a file that several processes change, and that somebody may have damaged."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path
from typing import Any

import pytest

from kb.errors import InputError, UsageError
from kb.propose.model import proposal_id
from kb.propose.queue import Decision, Proposal, append, decide, queue_beside, read_queue


def proposal(**changes: Any) -> Proposal:
    fields: dict[str, Any] = {
        "interview": "7",
        "kind": "causes",
        "start": "Oven-cold",
        "end": "Bread-flat",
        "quotes": ("the oven was cold, so the bread stayed flat",),
        "turns": ("7:0001",),
        "evidence": "7:0001",
        "speaker": "Interviewee",
        "given": "the oven was cold, so the bread stayed flat",
        "by": "a model",
    }
    fields |= changes
    ends = (fields["interview"], fields["kind"], fields["start"], fields["end"])
    return Proposal(id=proposal_id(*ends, fields["given"]), **fields)


def test_a_proposal_has_the_same_id_whatever_small_slips_it_has() -> None:
    def id_(quote: str, ends: tuple[str, str] = ("Oven-cold", "Bread-flat"), interview: str = "7") -> str:
        return proposal_id(interview, "causes", *ends, quote)

    said = "the oven was cold so it stayed flat"
    assert id_("The oven was cold, so, um, it stayed flat.") == id_(said, ("oven cold", "bread_flat"))
    assert id_(said) != id_(said, ("Bread-flat", "Oven-cold"))
    assert id_(said) != id_(said, interview="8")
    assert id_(said) != id_("the oven was cold … it stayed flat")


def test_the_queue_stands_beside_the_relations(tmp_path: Path) -> None:
    assert queue_beside(tmp_path) == tmp_path / "proposals.jsonl"
    assert queue_beside(tmp_path / "relations.yaml") == tmp_path / "proposals.jsonl"


def test_what_is_put_in_comes_out_and_twice_is_once(tmp_path: Path) -> None:
    path = tmp_path / "proposals.jsonl"
    assert read_queue(path) == []
    one, two = proposal(), proposal(given="the oven was cold", quotes=("the oven was cold",))
    assert append(path, [one, two, one]) == (one.id, two.id)
    before = path.read_bytes()
    assert append(path, [two, one]) == ()
    assert path.read_bytes() == before
    assert read_queue(path) == [one, two]


def test_another_proposer_of_the_same_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "proposals.jsonl"
    append(path, [proposal(), proposal(by="Ada"), proposal(by="a model")])
    (only,) = read_queue(path)
    assert only.by == "a model; Ada"


def test_a_decision_is_kept_and_can_be_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "proposals.jsonl"
    one = proposal()
    append(path, [one])
    assert one.status == "waiting"
    yes = Decision(accepted=True, relations=("S1",))
    assert decide(path, one.id, yes).status == "decided"
    append(path, [one])  # proposed again: the decision stays
    (kept,) = read_queue(path)
    assert kept.decision_of() == yes
    assert kept.status == "decided"
    decide(path, one.id, None)
    assert read_queue(path)[0].status == "waiting"


def test_two_reviewers_decide_each_for_themselves(tmp_path: Path) -> None:
    path = tmp_path / "proposals.jsonl"
    one = proposal()
    append(path, [one])
    decide(path, one.id, Decision(accepted=True, reviewer="Ada"))
    after = decide(path, one.id, Decision(accepted=False, reviewer="Ben", note="not so"))
    assert [(d.reviewer, d.accepted) for d in after.decisions] == [("Ada", True), ("Ben", False)]
    assert after.decision_of("Cleo") is None
    assert decide(path, one.id, None, reviewer="Ada").decisions == (after.decisions[1],)


def test_an_unknown_proposal_is_no_decision(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no proposal 'nothing'"):
        decide(tmp_path / "proposals.jsonl", "nothing", Decision(accepted=True))


def test_damaged_lines_are_told_and_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "proposals.jsonl"
    one, two = proposal(), proposal(given="the oven was cold", quotes=("the oven was cold",))
    append(path, [one])
    whole = path.read_text()
    deep = "[" * 100_000
    path.write_text(whole + whole[:40] + "\n\n" + '{"id": "x", "kind": "begets"}\n' + deep + "\n" + whole)
    with pytest.raises(InputError, match="line 2"):
        read_queue(path)
    told: list[str] = []
    assert read_queue(path, told.append) == [one]
    assert [line.split(": ")[0].rpartition(" ")[2] for line in told] == ["2", "4", "5", "6"]
    append(path, [two])
    assert read_queue(path, lambda _: None) == [one, two]
    assert whole[:40] + "\n" in path.read_text()
    assert deep in path.read_text()


def test_a_queue_that_is_no_text_or_no_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "proposals.jsonl"
    path.write_bytes(b"{}\n\xff\xfe\xfa")
    with pytest.raises(InputError, match="line 2: This queue is not UTF-8"):
        read_queue(path)
    with pytest.raises(InputError, match="UTF-8"):
        append(path, [proposal()])
    assert path.read_bytes() == b"{}\n\xff\xfe\xfa"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="no regular file"):
        read_queue(pipe)
    with pytest.raises(InputError, match="cannot be written"):
        append(tmp_path / "nowhere" / "proposals.jsonl", [proposal()])


def _append_some(path: Path, who: int) -> None:
    for n in range(10):
        append(path, [proposal(given=f"the oven was cold {who} {n}")])


def test_processes_that_change_it_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "proposals.jsonl"
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_append_some, args=(path, who)) for who in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    assert len(read_queue(path)) == 30
