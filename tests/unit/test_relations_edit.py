"""Putting relations into a file and taking them out, line by line: what else stands in it stays."""

import pytest

from kb.errors import CodebookError
from kb.relations import load_relations
from kb.relations.edit import RelationsText
from kb.relations.refused import Refused

HEAD = """\
# What Ana says.
interview: "7"

relations:
- id: R1
  kind: causes     # said twice
  cause: Oven-cold
  effect: Bread-flat
  explicit: stated
  quotes:
  - 'the oven was cold'
  - "it came out flat"
# between two
- id: S4
  kind: fixes
  issue: Oven-cold
  fix: lighting it early
  explicit: stated
  quote: at four in the morning
  note: |
    two lines
    of a note
"""
REFUSED = """\

refused:
# not this
- kind: causes
  cause: Bread-flat
  effect: Oven-cold
  note: the wrong way
"""
ENTRY = {
    "interview": "7",
    "kind": "causes",
    "cause": "Shop-empty",
    "effect": "Oven-cold",
    "explicit": "stated",
    "quotes": ["nobody came"],
}


def opened(tmp_path, text):
    path = tmp_path / "relations.yaml"
    path.write_text(text)
    return RelationsText(path)


@pytest.mark.parametrize("text", [HEAD, HEAD + REFUSED, HEAD + "# the end\n", HEAD.rstrip("\n")])
def test_what_stands_in_the_file_stays_letter_for_letter(tmp_path, text):
    file = opened(tmp_path, text)
    assert file.add(ENTRY) == "S5"
    file.refuse(Refused("fixes", "Oven-cold", "a new oven", "7", reviewer="Ben"))
    file.write()
    written = file.path.read_text()
    lines = iter(written.splitlines())
    assert all(line in lines for line in text.splitlines())  # in their order
    again = RelationsText(file.path)
    assert [r.id for r in again.relations] == ["R1", "S4", "S5"]
    assert again.relations[-1].quotes == ("nobody came",)
    assert again.relations[1].note == "two lines\nof a note\n"
    assert Refused("fixes", "Oven-cold", "a new oven", "7", None, "Ben") in again.refused


@pytest.mark.parametrize("text", [HEAD, HEAD + REFUSED, HEAD + "# the end\n"])
def test_what_is_taken_out_again_leaves_the_file_as_it_was(tmp_path, text):
    file = opened(tmp_path, text)
    refused = Refused("fixes", "Oven-cold", "a new oven", "7")
    new = file.add(ENTRY)
    file.refuse(refused)
    assert file.take_out(new)
    assert file.forget(lambda each: each.what == refused.what)
    assert file.text == text
    assert not file.take_out("S99")


def test_an_entry_in_the_middle_goes_with_its_lines_alone(tmp_path):
    file = opened(tmp_path, HEAD + REFUSED)
    assert file.take_out("R1")
    file.write()
    assert [r.id for r in load_relations(file.path).relations] == ["S4"]
    assert "# between two\n- id: S4" in file.path.read_text()
    assert file.take_out("S4")
    file.write()
    assert load_relations(file.path).relations == ()
    assert file.add(ENTRY) == "S1"
    file.write()
    assert [r.id for r in load_relations(file.path).relations] == ["S1"]


FLOW = "{id: R1, kind: causes, cause: A-b, effect: C-d, explicit: stated, quote: x y}"
KEYS = ("id: R1", "kind: causes", "cause: A-b", "effect: C-d", "explicit: stated", "quote: x y")


@pytest.mark.parametrize(
    "text",
    [
        'interview: "7"\nrelations: []\n',
        '{"interview": "7", "relations": []}',
        f'interview: "7"\nrelations:\n  - {FLOW}\n',
        f'interview: "7"\nrelations: [{FLOW}]\n',
        'interview: "7"\nrelations:\n-\n' + "".join(f"  {key}\n" for key in KEYS),
        f'interview: "7"\nrelations:\n- {FLOW[:-1]}, note: "a\u2028  b c"}}\n',
        "relations:\n    - interview: 7\n" + "".join(f"      {key}\n" for key in KEYS),
    ],
)
def test_any_form_of_the_lists_can_be_added_to_and_taken_from(tmp_path, text):
    file = opened(tmp_path, text)
    before = [r.entry() for r in file.relations]
    new = file.add(ENTRY)
    file.refuse(Refused("causes", "A-b", "Shop-empty"))
    file.write()
    again = RelationsText(file.path)
    assert [r.entry() for r in again.relations[:-1]] == before
    assert again.relations[-1].entry()["quotes"] == ("nobody came",)
    assert len(again.refused) == 1
    assert again.take_out(new)
    assert again.forget(lambda _each: True)
    again.write()
    assert [r.entry() for r in load_relations(file.path).relations] == before


@pytest.mark.parametrize(
    "words",
    [
        "a: b", "a #b", "- a b", "[a] b", "{a} b", "'a' b", 'say "no" to it', "true story", "yes", "null",
        "1.5", "back\\slash and more", "tab\there", "é ü 漢字 😬", "line\u2028separator", "a\x85b c", "~",
        "* star", "& more", "%20 a", "two\nlines", "ends with colon:", "@home alone",
    ],
)  # fmt: skip
def test_words_come_back_as_they_were(tmp_path, words):
    file = opened(tmp_path, HEAD)
    file.add({**ENTRY, "quotes": [f"{words} and so on", "another"], "note": words, "by": words})
    file.refuse(Refused("causes", "A b", "C d", "7", words, "Ben"))
    file.write()
    again = RelationsText(file.path)
    assert again.relations[-1].quotes == (f"{words} and so on", "another")
    assert again.relations[-1].note == words
    assert again.refused[-1].note == words


def test_the_same_statement_is_not_written_twice(tmp_path):
    file = opened(tmp_path, HEAD)
    assert file.add(ENTRY) == "S5"
    assert file.add({**ENTRY, "note": "again", "reviewer": "Ben"}) is None


def test_a_file_that_somebody_else_wrote_meanwhile_is_noticed(tmp_path):
    file = opened(tmp_path, HEAD)
    file.add(ENTRY)
    assert not file.changed_meanwhile
    file.write()
    assert not file.changed_meanwhile
    file.path.write_text(HEAD + "# mine\n")
    assert file.changed_meanwhile
    file.read()
    assert not file.changed_meanwhile
    assert len(file.relations) == 2


def test_a_refusal_with_a_key_that_it_has_not_is_told_with_its_line(tmp_path):
    with pytest.raises(CodebookError, match="refused") as error:
        opened(tmp_path, HEAD + REFUSED + "  why: because\n")
    assert error.value.line == 26


def test_a_file_that_an_editor_broke_counts_as_changed_until_it_can_be_read(tmp_path):
    path = tmp_path / "r.yaml"
    path.write_text(HEAD)
    text = RelationsText(path)
    path.write_text(HEAD + "- [half an edit\n")
    for _ in range(2):
        with pytest.raises(CodebookError):
            text.read()
        assert text.changed_meanwhile
        assert [relation.id for relation in text.relations] == ["R1", "S4"]
    path.write_text(HEAD + REFUSED)
    text.read()
    assert not text.changed_meanwhile
