"""Which passages support a fix: what interviewees say, never the interviewer's turns."""

from kb.codebook import load_codebook, resolve
from kb.ingest.claims import asked_fixes, fix_claims
from kb.ingest.people import People
from kb.records import Coding, Role, Turn, turn_id

SAID: tuple[tuple[Role, str], ...] = (
    ("interviewer", "So you warm the eggs, to keep the cakes up?"),
    ("interviewee", "By the stove, an hour before we begin."),
)


def coded(tmp_path, *indexes):
    book = tmp_path / "book.yaml"
    book.write_text(
        "codes:\n  Cake-sunken: {kind: issue, category: none}\n"
        "  Cake-sunken-fix: {kind: fix, category: none, issue: Cake-sunken}\n"
    )
    resolution = resolve(["Cake-sunken", "Cake-sunken-fix"], load_codebook(book))
    concepts = {name: resolution.concept(name) for name in ("Cake-sunken", "Cake-sunken-fix")}
    turns = [
        Turn(id=turn_id("7", i), interview="7", index=i, speaker=role.title(), role=role, text=text)
        for i, (role, text) in enumerate(SAID)
    ]
    codings = [
        (
            turns[i],
            Coding(
                interview="7",
                turn=turns[i].id,
                label="Cake-sunken-fix",
                code="Cake-sunken-fix",
                coder="Ada",
                round="1",
            ),
        )
        for i in indexes
    ]
    return codings, concepts, People("7", turns)


def test_the_interviewers_turn_beside_the_answer_is_no_passage_of_the_fix(tmp_path):
    codings, concepts, people = coded(tmp_path, 0, 1)
    [claim] = fix_claims(codings, concepts, people)
    assert [passage.turn.id for passage in claim.passages] == ["7:0001"]
    assert claim.person == "7/Interviewee"


def test_a_fix_that_only_the_interviewer_speaks_of_is_told_by_nobody_and_said_to_be(tmp_path):
    codings, concepts, people = coded(tmp_path, 0)
    assert fix_claims(codings, concepts, people) == []
    [remark] = asked_fixes(codings, concepts, "seven.txt")
    assert (remark.level, remark.source) == ("info", "seven.txt")
    assert "7:0000" in remark.message
    assert asked_fixes(coded(tmp_path, 1)[0], concepts, "seven.txt") == []
