"""The words of cues: their file, their phrases, and what is found in speech."""

import pytest

from kb.errors import CodebookError
from kb.suggest import Codes, load_cues, suggest_causes
from kb.suggest.phrases import Phrases, find, has, parse_phrase, sentences, without
from tests.unit.suggest.builders import CUES, codes, english, interview, pairs

SHIPPED = sorted(CUES.glob("*.yaml"))


def words(text):
    return [word for sentence in sentences(text) for word in sentence]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_shipped_cues_are_whole(path):
    cues = load_cues(path)
    assert cues.language == path.stem
    empty = {name for name, value in cues if not value and name not in {"remove"}}
    assert not empty
    assert all(cues.phrases(getattr(cues, name)) for name in ("denials", "hedges", "remedies", "refusals"))


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("because of", "because of it", True),
        ("because of", "because it is", False),
        ("leads|led to", "It LED to that", True),
        ("not .. problem", "not really a big problem", True),
        ("not .. problem", "not one or two or three of a problem", False),
        ("not .. problem", "no, not that, a problem", False),
        ("<not> aware", "I wasn't aware", True),
        ("<not> aware", "I wasn’t aware", True),
        ("a ..  b", "x a", False),
    ],
)
def test_phrases(phrase, text, found):
    assert has(words(text), Phrases([parse_phrase(phrase, {"wasn't"})])) is found


def test_the_longest_phrase_wins_and_takes_its_words():
    phrases = Phrases([parse_phrase("because of"), parse_phrase("because")])
    assert [(i, n) for i, n, _ in find(words("because of that, because"), phrases)] == [(0, 2), (3, 1)]


def test_sentences_end_at_stops_but_not_inside_numbers():
    assert [[w.text for w in s] for s in sentences("It was 3.5 today. Was it? Yes")] == [
        ["it", "was", "3", "5", "today"],
        ["was", "it"],
        ["yes"],
    ]


def test_fillers_go_with_their_commas():
    kept = without(words("so, uh, it, you know, fails"), english().phrases(english().fillers))
    assert [(word.text, word.comma) for word in kept] == [("so", False), ("it", False), ("fails", False)]


def test_words_of_your_own_come_on_top(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(
        "links:\n  strong:\n    cause_before: [goes straight into]\nremove: [because|cuz|coz|cos]\n"
    )
    ask = "Q: What goes wrong at your bakery on a usual day?"
    both = "## Oven-cold, Bread-flat"
    said = interview("1", ask, f"A: A cold oven goes straight into flat bread. {both}")
    told = interview("1", ask, f"A: Flat bread because the oven is cold. {both}")
    stated = [[s for s in suggest_causes([said], codes(), c) if s.evidence[0].explicit == "stated"]
              for c in (english(), english(own))]  # fmt: skip
    assert [pairs(found) for found in stated] == [[], [("Oven-cold", "Bread-flat")]]
    best = suggest_causes([told], codes(), english(own))[0]
    assert best.evidence[0].explicit == "implied"


SPOKEN = {
    "de": ("Ofen-kalt", "Brot-flach", "Das Brot war flach, weil der Ofen kalt war.", "Nein, nie. "),
    "fr": ("four-froid", "pain-plat", "L'four était froid, donc le pain était plat.", "Non, jamais. "),
}


@pytest.mark.parametrize("language", SPOKEN)
def test_other_languages_give_direction_and_denial_too(language):
    cause, effect, said, denial = SPOKEN[language]
    book = Codes(kinds={cause: "issue", effect: "issue"})

    def found(text):
        one = interview("1", "Q: Na?", f"A: {text} ## {cause}, {effect}")
        return suggest_causes([one], book, load_cues(CUES / f"{language}.yaml"))

    assert pairs(found(said)) == [(cause, effect)]
    assert found(said)[0].evidence[0].explicit == "stated"
    assert found(denial + said) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fillrs: [uh]", "Unknown key 'fillrs'"),
        ("fillers: [1]", "fillers.0"),
        ("fillers: [uh", "is not YAML"),
        ("- uh", "no key 'language'"),
        ("stemmer: klingon", "no stemmer 'klingon'"),
        ("fillers: [uh]\nhegdes: [maybe]", "own.yaml, line 2"),
        ("links: {strong: {cause_befor: [so]}}", "links.strong.cause_befor"),
    ],
)
def test_errors_name_the_file_and_the_fault(tmp_path, text, said):
    path = tmp_path / "own.yaml"
    path.write_text(text)
    with pytest.raises(CodebookError, match=r"own\.yaml") as caught:
        load_cues(CUES / "en.yaml", path)
    assert said in str(caught.value)


def test_a_missing_file_is_said():
    with pytest.raises(CodebookError, match="no such file"):
        load_cues(CUES / "none.yaml")


def test_a_bare_no_is_a_word(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text("refusals: [no, off]\n")
    assert load_cues(path).refusals == ("no", "off")
