"""A review without a terminal: decisions, what they leave on file, and how it goes on."""

import json

import pytest

from kb.errors import CodebookError, UsageError
from kb.propose.queue import Proposal, append, read_queue
from kb.records import Turn
from kb.relations import load_relations
from kb.relations.refused import Refused
from kb.review.candidates import from_proposals, joined
from kb.review.journal import journal_beside, read_journal
from kb.review.model import Candidate, Key, Passage, Words
from kb.review.review import Review
from kb.review.standing import Claimed
from loaders import step_left

SAID = (
    ("Interviewer", "What goes wrong at your bakery?"),
    ("Baker", "The oven was cold on Sunday, so the bread came out flat, and then nobody came to the shop."),
    ("Interviewer", "And the thermometer?"),
    ("Baker", "It lies. It says two hundred when it is at one hundred and fifty, believe me."),
    ("Baker", "We light the oven at four now, and since then the bread has risen every day of the week."),
)
TURNS = {
    "7": [
        Turn(id=f"7:{n:04d}", interview="7", index=n, speaker=who, text=text)
        for n, (who, text) in enumerate(SAID)
    ]
}
NAMES = ("Oven-cold", "Bread-flat", "Shop-empty", "Oven-cold-fix", "Thermometer-wrong")
FILE = "# My own words.\ninterview: '7'\nrelations: []\n"


def candidate(start, end, *texts, kind="causes", interview="7", states=True, worth=1.0):
    passages = tuple(
        Passage(
            quotes=tuple(Words(t.id, text, t.text.find(text)) for t in TURNS[interview] if text in t.text),
            explicit="stated" if states else "implied",
            states=states,
            points=worth,
        )
        for text in texts
    )
    return Candidate(key=Key(interview, kind, start, end), passages=passages, worth=worth)


COLD = candidate("Oven-cold", "Bread-flat", "The oven was cold on Sunday, so the bread came out flat")
EMPTY = candidate("Shop-empty", "Bread-flat", "the bread came out flat, and then nobody came to the shop")
LIES = candidate(
    "Thermometer-wrong", "Oven-cold", "It lies", "It says two hundred when it is at one", states=False
)
FIX = candidate("Oven-cold", "Oven-cold-fix", "We light the oven at four now", kind="fixes")
ALL = (COLD, EMPTY, LIES, FIX)


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "relations.yaml"
    file.write_text(FILE)
    return file


def review(path, candidates=ALL, **options):
    return Review(candidates, path=path, turns=TURNS, names=NAMES, **options)


def written(path):
    return [(r.kind, r.start.name, r.end.name, r.explicit, r.quotes) for r in load_relations(path).relations]


def test_an_accepted_candidate_is_in_the_file_at_once_with_its_words(path):
    found = review(path, reviewer="Ada")
    decided = found.accept()
    assert (decided.verdict, decided.relations, decided.says) == ("accepted", ("S1",), COLD.key)
    [relation] = load_relations(path).relations
    assert (relation.start.name, relation.end.name) == ("Oven-cold", "Bread-flat")
    assert (relation.explicit, relation.reviewer) == ("stated", "Ada")
    assert relation.quotes[0].startswith("The oven was cold on Sunday, so the bread came out flat")
    assert path.read_text().startswith("# My own words.\n")
    assert found.current == EMPTY


def test_a_short_quote_stands_for_no_more_than_the_reader_saw(path):
    found = review(path, [LIES])
    found.accept()
    [relation] = load_relations(path).relations
    # Of a short quote without "…" a load takes the words up to the end of the turn.
    assert relation.quotes == ("It lies …",)


def test_a_refused_candidate_is_refused_in_this_interview_alone(path):
    found = review(path, reviewer="Ada")
    found.note("she says the reverse")
    assert found.refuse().verdict == "refused"
    assert load_relations(path).relations == ()
    from kb.relations.edit import RelationsText

    assert RelationsText(path).refused == [
        Refused("causes", "Oven-cold", "Bread-flat", "7", "she says the reverse", "Ada")
    ]


def test_turned_round_changed_cut_and_levelled_is_what_is_written(path):
    found = review(path, [EMPTY])
    found.turn_round()
    assert found.draft.turned
    found.quote("nobody came to the shop")
    found.say_how("implied")
    found.note(" in her  words ")
    decided = found.accept()
    assert decided.verdict == "turned round"
    assert decided.candidate == EMPTY.key
    assert decided.says == EMPTY.key.turned
    [relation] = load_relations(path).relations
    assert (relation.start.name, relation.end.name) == ("Bread-flat", "Shop-empty")
    assert (relation.explicit, relation.note) == ("implied", "in her words")
    assert relation.quotes == ("nobody came to the shop …",)


def test_an_end_can_be_another_code_or_several_words_and_nothing_else(path):
    found = review(path, [COLD])
    with pytest.raises(UsageError, match=r"no code 'Oven-cool'.*Did you mean 'Oven-cold'"):
        found.change_end("start", "Oven-cool")
    with pytest.raises(UsageError, match="both ends"):
        found.change_end("start", "Bread-flat")
    for nothing in ("", "  ", "–"):
        with pytest.raises(UsageError, match="No name was given for the cause"):
            found.change_end("start", nothing)
    assert found.draft.start == "Oven-cold"
    found.change_end("start", "lighting it late")
    assert found.accept().verdict == "changed"
    assert written(path)[0][1:3] == ("lighting it late", "Bread-flat")


def test_words_that_are_not_there_are_no_quote(path):
    found = review(path, [COLD])
    with pytest.raises(UsageError, match="do not stand there"):
        found.quote("the oven was warm on Sunday")
    with pytest.raises(UsageError, match="do not stand there"):
        found.quote("the oven was not cold on Sunday")
    with pytest.raises(UsageError, match="needs the words"):
        found.quote("  ")
    found.quote("the OVEN was cold … flat")
    found.accept()
    assert written(path)[0][4] == ("the OVEN was cold … flat",)


def test_words_may_come_from_turns_near_by_and_from_two(path):
    found = review(path, [COLD])
    found.quote("since then the bread has risen", "The oven was cold on Sunday")
    assert [words.turn for words in found.draft.quotes] == ["7:0001", "7:0004"]
    found.say_how("across-turns")
    found.accept()
    assert written(path)[0][3:] == (
        "across-turns",
        ("The oven was cold on Sunday …", "since then the bread has risen …"),
    )


def test_the_other_passages_are_at_hand(path):
    found = review(path, [LIES])
    found.other_passage()
    assert found.draft.quotes[0].text.startswith("It says two hundred")
    found.other_passage()
    assert found.draft.quotes[0].text == "It lies"


def test_a_skipped_candidate_comes_again_next_time_and_nothing_is_written(path):
    found = review(path)
    found.skip()
    assert found.current == EMPTY
    assert found.progress.skipped == 1
    assert path.read_text() == FILE
    assert review(path).current == COLD


def test_undo_takes_the_decision_out_of_the_file_letter_for_letter(path):
    found = review(path, reviewer="Ada")
    found.accept()
    before = path.read_text()
    found.refuse()
    assert found.undo().candidate == EMPTY.key
    assert path.read_text() == before
    assert found.current == EMPTY
    assert found.undo().candidate == COLD.key
    assert path.read_text() == FILE
    assert found.undo() is None
    assert found.progress.decided == 0


def test_undo_reaches_into_an_earlier_session(path):
    review(path).accept()
    later = review(path)
    assert later.current == EMPTY
    later.undo()
    assert later.current == COLD
    assert path.read_text() == FILE


def test_a_review_that_is_broken_off_goes_on_where_it_was(path):
    found = review(path)
    found.accept()
    found.turn_round()
    found.accept()
    found.refuse()
    later = review(path)
    assert later.current == FIX
    assert later.progress[:2] == (3, 1)


def test_what_is_taken_out_by_hand_is_open_again(path):
    found = review(path)
    found.accept()
    found.refuse()
    path.write_text(FILE)
    assert review(path).current == COLD
    assert review(path).progress.decided == 0


def test_what_a_reader_wrote_by_hand_or_the_graph_holds_is_not_asked_again(path):
    path.write_text(
        "relations:\n- id: H1\n  interview: 7\n  kind: causes\n  cause: Oven-cold\n  effect: Bread-flat\n"
        "  explicit: stated\n  quote: the oven was cold\n"
        "refused:\n- {kind: fixes, issue: Oven-cold, fix: Oven-cold-fix}\n"
    )
    found = review(path, claimed=[Claimed(LIES.key, None)])
    assert found.current == EMPTY
    assert found.progress[:2] == (3, 1)


def test_progress_says_how_long_the_rest_takes(path):
    clock = Clock()
    found = review(path, clock=clock)
    assert found.progress.minutes_left is None
    clock.now += 30
    found.accept()
    clock.now += 30
    found.refuse()
    assert found.progress[:3] == (2, 2, 0)
    assert found.progress.minutes_left is None  # two say little
    clock.now += 9999  # somebody went to lunch
    found.accept()
    assert review(path).progress.minutes_left == 0.5


def test_two_reviewers_judge_the_same_candidates_in_one_file(path):
    ada = review(path, reviewer="Ada")
    ada.accept()
    ada.refuse()
    ben = review(path, reviewer="Ben")
    assert ben.current == COLD
    ben.accept()  # the statement stands there already
    assert len(load_relations(path).relations) == 1
    ben.accept()
    assert [r.reviewer for r in load_relations(path).relations] == ["Ada", "Ben"]
    assert review(path, reviewer="Ben").current == LIES
    assert review(path, reviewer="Ada").current == LIES
    ben.undo()
    ben.undo()
    assert [r.reviewer for r in load_relations(path).relations] == ["Ada"]


def test_what_somebody_else_wrote_meanwhile_is_kept(path):
    said = []
    found = review(path, tell=said.append)
    found.accept()
    mine = path.read_text()
    path.write_text(mine.replace("# My own words.", "# My own words, changed in an editor."))
    found.refuse()
    text = path.read_text()
    assert text.startswith("# My own words, changed in an editor.\n")
    assert "- id: S1" in text
    assert "refused:" in text
    assert "changed meanwhile" in said[0]


def test_two_reviews_at_once_lose_nothing(path):
    one, two = review(path, reviewer="Ada"), review(path, reviewer="Ben")
    for _ in ALL:
        one.accept()
        two.refuse()
    from kb.relations.edit import RelationsText

    file = RelationsText(path)
    assert len(file.relations) == len(ALL)
    assert {r.id for r in file.relations} == {"S1", "S2", "S3", "S4"}
    assert len(file.refused) == len(ALL)


def test_a_file_that_was_broken_meanwhile_takes_no_decision(path):
    found = review(path)
    path.write_text("relations:\n- id: 1\n  kind: nonsense\n")
    with pytest.raises(CodebookError, match="line 2"):
        found.accept()
    assert "nonsense" in path.read_text()
    assert found.current == COLD
    path.write_text(FILE)
    assert found.accept().relations == ("S1",)


def test_a_write_that_fails_decides_nothing(path, monkeypatch):
    found = review(path)
    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
        with pytest.raises(Exception, match="No space left"):
            found.accept()
    assert path.read_text() == FILE
    assert found.current == COLD
    assert found.accept().relations == ("S1",)


def test_the_journal_tells_who_decided_what_and_passes_over_half_a_line(path):
    found = review(path, reviewer="Ada")
    found.accept()
    journal = journal_beside(path)
    with journal.open("a") as file:
        file.write('{"candidate": ["7", "cau')
    said = []
    later = review(path, reviewer="Ada", tell=said.append)
    assert "line 2" in said[0]
    later.refuse()
    lines = journal.read_text().splitlines()
    assert json.loads(lines[-1])["verdict"] == "refused"
    assert [entry.verdict for entry in read_journal(journal)] == ["accepted", "refused"]


def test_a_proposal_is_reviewed_as_any_candidate_and_its_queue_knows_the_decision(path):
    queue = path.parent / "proposals.jsonl"
    proposal = Proposal(
        id="p1", interview="7", kind="causes", start="Oven-cold", end="Bread-flat", given="so the bread",
        quotes=("so the bread came out flat",), turns=("7:0001",), evidence="7:0001", speaker="Baker",
        by="a model", warnings=("look twice",),
    )  # fmt: skip
    refused = proposal.model_copy(
        update={"id": "p2", "refusal": "not in the transcript", "end": "Shop-empty"}
    )
    append(queue, [proposal, refused])
    found = joined([COLD, *from_proposals(read_queue(queue), TURNS)])
    assert [each.key for each in found] == [COLD.key]
    assert found[0].worth > COLD.worth
    desk = review(path, found, reviewer="Ada", proposals=queue)
    assert desk.draft.words.by == "a model"
    desk.accept()
    [relation] = load_relations(path).relations
    assert (relation.by, relation.reviewer) == ("a model", "Ada")
    [decision] = read_queue(queue)[0].decisions
    assert (decision.accepted, decision.reviewer, decision.relations) == (True, "Ada", ("S1",))
    desk.undo()
    assert read_queue(queue)[0].decisions == ()
    assert load_relations(path).relations == ()


def test_one_pair_both_ways_is_one_candidate_unless_words_state_each(path):
    there = candidate("Oven-cold", "Bread-flat", "The oven was cold on Sunday", states=False, worth=2)
    back = candidate("Bread-flat", "Oven-cold", "the bread came out flat", states=False, worth=1)
    [one] = joined([back, there])
    assert one.key == there.key
    assert len(one.passages) == 2
    stated = [each.model_copy(update={"passages": COLD.passages}) for each in (there, back)]
    assert len(joined(stated)) == 2


def test_a_quote_that_stands_twice_gets_the_words_that_tell_it_apart(tmp_path):
    turns = {
        "7": [
            *TURNS["7"],
            Turn(id="7:0005", interview="7", index=5, speaker="Baker", text="It lies. Always."),
        ]
    }
    desk = Review([LIES], path=tmp_path / "new.yaml", turns=turns, names=NAMES)
    desk.accept()
    [relation] = load_relations(tmp_path / "new.yaml").relations
    assert relation.quotes[0].startswith("It lies. It")


def test_a_session_of_so_many_candidates_ends_after_them(path):
    found = review(path, most=1)
    found.accept()
    assert found.current is None
    assert found.progress.left == 3
    with pytest.raises(UsageError, match="no candidate left"):
        found.accept()


def test_a_journal_in_a_folder_is_not_taken_for_a_transcript(path):
    review(path).accept()
    step = step_left(journal_beside(path))
    assert "kb review" in step
    assert "transcript" not in step


def test_undo_leaves_what_another_reviewer_accepted_too(path):
    ada, ben = review(path, reviewer="Ada"), review(path, reviewer="Ben")
    ada.accept()
    ben.accept()
    ada.undo()
    [relation] = load_relations(path).relations
    assert (relation.start.name, relation.reviewer) == ("Oven-cold", "Ben")
    assert review(path, reviewer="Ada").current == COLD  # open again for her alone
    assert review(path, reviewer="Ben").current == EMPTY
    review(path, reviewer="Ben").undo()
    assert path.read_text() == FILE


def test_the_second_reviewers_undo_leaves_what_the_first_accepted(path):
    review(path, reviewer="Ada").accept()
    before = path.read_text()
    ben = review(path, reviewer="Ben")
    ben.accept()
    ben.undo()
    assert path.read_text() == before
    assert ben.current == COLD
    ada = review(path, reviewer="Ada")
    assert ada.current == EMPTY
    ada.undo()
    assert path.read_text() == FILE


def test_undo_never_takes_out_what_was_written_by_hand(path):
    by_hand = FILE.replace(
        "relations: []",
        "relations:\n- {id: H1, kind: causes, cause: Oven-cold, effect: Bread-flat, explicit: stated,\n"
        '   reviewer: Cleo, quote: "The oven was cold on Sunday, so the bread came out flat …"}',
    )
    path.write_text(by_hand)
    ben = review(path, reviewer="Ben")
    ben.accept()
    ben.undo()
    assert [r.id for r in load_relations(path).relations] == ["H1"]


def test_two_who_accepted_one_relation_in_other_words_have_both_decided(path):
    review(path, reviewer="Ada").accept()
    ben = review(path, reviewer="Ben")
    ben.quote("so the bread came out flat")
    ben.accept()
    journal_beside(path).unlink()
    assert review(path, reviewer="Ada").current == EMPTY
    assert review(path, reviewer="Ben").current == EMPTY
