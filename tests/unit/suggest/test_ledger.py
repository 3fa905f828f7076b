"""Accepting and refusing suggestions in a relations file."""

import stat

import pytest

from kb.cli.suggest import Kind, print_suggestions
from kb.errors import CodebookError, InputError
from kb.relations import find_evidence, load_relations
from kb.relations.edit import RelationsText
from kb.relations.refused import Refused
from kb.suggest import Known, suggest_causes
from kb.suggest.ledger import accept, in_turns, known_relations, refuse, without_refused
from tests.unit.suggest.builders import codes, english, interview, pairs

FILE = """\
# What Ana says, as one reader found it.
interview: "901"   # her second talk

relations:
- id: G1
  kind: causes      # a comment beside
  cause: Bread-flat
  effect: Shop-empty
  explicit: implied
  quote: 'fewer people come in'
# a comment between
- id: S4
  kind: fixes
  issue: Oven-cold
  fix: lighting it early
  explicit: stated
  quote: "at four in the morning we light it although nobody likes it and nobody has ever thanked us for it"
"""


def suggested(*names):
    said = "A: The oven was cold on Sunday, so the bread came out flat. ## Oven-cold, Bread-flat"
    ask = "Q: What goes wrong at your bakery on a usual day?"
    given = [interview(name, ask, said) for name in names or ("901",)]
    [best] = [s for s in suggest_causes(given, codes(), english()) if s.start == "Oven-cold"]
    return best, given


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "relations.yaml"
    file.write_text(FILE)
    return file


def test_an_accepted_suggestion_is_a_relation_whose_quote_is_found(path):
    suggestion, [given] = suggested()
    assert accept(path, suggestion, note="clear enough") == ("S5",)
    relation = load_relations(path).relations[-1]
    assert (relation.id, relation.interview, relation.kind) == ("S5", "901", "causes")
    assert (relation.cause, relation.effect) == ("Oven-cold", "Bread-flat")
    assert (relation.explicit, relation.note) == ("stated", "clear enough")
    assert find_evidence(relation, given.turns).passages[0].turn_id == suggestion.evidence[0].turn


def test_what_was_in_the_file_stays_as_it_was(path):
    accept(path, suggested()[0])
    assert path.read_text().startswith(FILE)
    refuse(path, "causes", "Shop-empty", "Oven-cold")
    assert path.read_text().startswith(FILE)


@pytest.mark.parametrize("indent", ["  ", "    "])
def test_an_indented_list_stays_indented(path, indent):
    head, _, entries = FILE.partition("relations:\n")
    text = f"{head}relations:\n" + "".join(indent + line for line in entries.splitlines(keepends=True))
    path.write_text(text)
    accept(path, suggested()[0])
    assert path.read_text().startswith(text)
    assert len(load_relations(path).relations) == 3


def test_line_ends_are_kept(path):
    path.write_bytes(FILE.replace("\n", "\r\n").encode())
    accept(path, suggested()[0])
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")
    assert len(load_relations(path).relations) == 3


def test_the_best_evidence_of_each_interview_is_written_or_what_was_chosen(path):
    suggestion, _ = suggested("901", "902")
    assert accept(path, suggestion) == ("S5", "S6")
    assert [r.interview for r in load_relations(path).relations[2:]] == ["901", "902"]
    path.write_text(FILE)
    chosen = [e for e in suggestion.evidence if e.interview == "902"]
    assert accept(path, suggestion, chosen) == ("S5",)


def test_accepting_twice_writes_once(path):
    suggestion, _ = suggested()
    accept(path, suggestion)
    before = path.read_text()
    assert accept(path, suggestion) == ()
    assert path.read_text() == before


def test_a_file_is_begun_where_there_is_none(tmp_path):
    path = tmp_path / "new.yaml"
    suggestion, _ = suggested("7")
    assert accept(path, suggestion) == ("S1",)
    assert load_relations(path).relations[0].interview == "7"
    other = tmp_path / "other.yaml"
    assert refuse(other, "fixes", "Oven-cold", "Oven-cold-fix", note="not what she means")
    assert load_relations(other).relations == ()


def test_what_was_accepted_or_refused_is_not_suggested_again(path):
    suggestion, given = suggested()
    ends = (suggestion.start, suggestion.end)
    assert ends in pairs(suggest_causes(given, codes(), english(), known=known_relations([path])))
    assert refuse(path, "causes", *ends)
    assert not refuse(path, "causes", *ends)
    assert Known("causes", *ends) in known_relations([path])
    assert ends not in pairs(suggest_causes(given, codes(), english(), known=known_relations([path])))
    accept(path, suggestion)
    assert "refused" not in path.read_text()
    assert known_relations([path]) == {
        Known("causes", "Bread-flat", "Shop-empty"),
        Known("fixes", "Oven-cold", "lighting it early"),
        Known("causes", *ends),
    }


@pytest.mark.parametrize(
    "refused", ["yes", "[yes]", "[{kind: causes, cause: A}]", "[{kind: detects, issue: A, cause: B}]"]
)
def test_a_broken_list_of_refused_is_told(path, refused):
    path.write_text(FILE + f"refused: {refused}\n")
    with pytest.raises(CodebookError, match="refused"):
        known_relations([path])


def test_a_broken_file_is_told_and_left_alone(path):
    path.write_text("relations:\n- id: 1\n  kind: nonsense\n")
    with pytest.raises(CodebookError, match="line"):
        accept(path, suggested()[0])
    assert "nonsense" in path.read_text()


def test_nothing_is_left_behind_and_the_rights_stay(path):
    path.chmod(0o640)
    accept(path, suggested()[0])
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        accept(tmp_path / "none" / "new.yaml", suggested()[0])


def test_a_write_that_fails_leaves_the_file(path, monkeypatch):
    monkeypatch.setattr(
        "pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left"))
    )
    with pytest.raises(InputError, match="No space left"):
        accept(path, suggested()[0])
    assert path.read_text() == FILE
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_what_is_shown_of_a_suggestion_is_what_accepting_it_writes_down(tmp_path, capsys):
    said = ("The bread came out flat because the oven was cold.", "A cold oven leads to flat bread here.")
    both = "## Oven-cold, Bread-flat"
    lines = [interview(str(n), "Q: What goes wrong?", f"A: {text} {both}") for n, text in enumerate(said)]
    best = suggest_causes(lines, codes(), english())[0]
    print_suggestions(Kind.causes, [best])
    shown = " ".join(capsys.readouterr().out.split())
    path = tmp_path / "mine.yaml"
    assert len(accept(path, best)) == len(said)
    for relation in load_relations(path).relations:
        assert all(f"“{quote}”" in shown for quote in relation.quotes)


def test_codes_that_only_stand_together_are_never_written_as_a_statement(tmp_path):
    ask = "Q: What goes wrong at your bakery on a usual day?"
    both = "## Oven-cold, Bread-flat"
    told = "A: The bread came out flat because the oven was cold."
    beside = "A: Some bread is flat. There was a cold oven on Monday."
    given = [interview("1", ask, f"{told} {both}"), interview("2", ask, f"{beside} {both}")]
    [best] = [s for s in suggest_causes(given, codes(), english()) if s.start == "Oven-cold"]
    assert {item.interview for item in best.evidence} == {"1", "2"}
    path = tmp_path / "mine.yaml"
    assert accept(path, best) == ("S1",)
    assert [(r.interview, r.explicit) for r in load_relations(path).relations] == [("1", "stated")]
    second = [item for item in best.evidence if item.interview == "2"]
    assert accept(path, best, second) == ("S2",)
    assert load_relations(path).relations[1].explicit == "implied"
    assert accept(path, best.model_copy(update={"evidence": tuple(second)})) == ()


def test_what_was_refused_for_one_interview_is_not_suggested_for_it(path):
    suggestion, _ = suggested("901", "902")
    file = RelationsText(path)
    file.refuse(Refused("causes", suggestion.start, suggestion.end, "902"))
    file.write()
    [left] = without_refused([suggestion], path)
    assert ({item.interview for item in left.evidence}, left.interviews) == ({"901"}, 1)
    assert Known("causes", suggestion.start, suggestion.end) not in known_relations([path])
    file.refuse(Refused("causes", suggestion.start, suggestion.end, "901"))
    file.write()
    assert without_refused([suggestion], path) == []
    assert without_refused([suggestion], None) == [suggestion]


def test_accepting_takes_back_no_other_refusal(path):
    suggestion, _ = suggested("901", "902")
    file = RelationsText(path)
    others = [
        Refused("causes", suggestion.start, suggestion.end, "902"),
        Refused("causes", suggestion.start, suggestion.end, "901", reviewer="Ben"),
    ]
    mine = Refused("causes", suggestion.start, suggestion.end, "901", reviewer="Ada")
    for refused in (*others, mine):
        file.refuse(refused)
    file.write()
    first = [item for item in suggestion.evidence if item.interview == "901"]
    accept(path, suggestion, first, reviewer="Ada")
    assert RelationsText(path).refused == others


def test_a_turn_that_names_no_end_is_not_taken_into_the_quote(tmp_path):
    named = codes(kinds={"Frost": "issue", "Bread-flat": "issue"}, categories={}, issues={})
    talk = interview(
        "1",
        "Q: What goes wrong at your bakery on a usual day?",
        "A: The staff was late that week and angry. ## Frost",
        "A: It was frost, so the bread came out flat. ## Frost, Bread-flat",
    )
    [best] = suggest_causes([talk], named, english())
    accept(tmp_path / "mine.yaml", best)
    [relation] = load_relations(tmp_path / "mine.yaml").relations
    assert relation.quotes == ("It was frost, so the bread came out flat",)
    assert relation.explicit == "stated"


def test_of_evidence_in_two_turns_the_one_that_is_named_is_written_alone(tmp_path):
    talk = interview(
        "1",
        "Q: What goes wrong at your bakery on a usual day?",
        "A: The oven was cold on Sunday and we lost hours. ## Oven-cold, Bread-flat",
        "A: So the bread came out flat. ## Oven-cold, Bread-flat",
    )
    [best] = suggest_causes([talk], codes(), english())
    [item] = best.evidence
    assert [quote.turn for quote in item.quotes] == ["1:0001", "1:0002"]
    accept(tmp_path / "mine.yaml", best, [in_turns(item, ["1:0001"])])
    [relation] = load_relations(tmp_path / "mine.yaml").relations
    assert relation.quotes == ("The oven was cold on Sunday and we lost hours",)
    assert relation.explicit == "implied"
    assert in_turns(item, ["1:0001", "1:0002"]) == item
