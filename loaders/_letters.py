"""What single letters mean as speakers' labels: a role only where the language has one meaning for the pair.

``I`` is the interviewer in English beside ``P`` (participant), and the informant in Spanish beside ``E``
(entrevistador); so the letters count only in a text whose language is known by its small words, and not
where the side that would answer is the one that asks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from kb.records import Role
from loaders._role_words import SHORT_PAIRS
from loaders._roles import normal
from loaders._text import listed

#: Pairs (who asks, who answers) by the languages in which they cannot mean the opposite. Not among them:
#: I/P in Spanish and Portuguese (informante, pergunta), I/E there and in French (enquêteur, enquêté), I/R in
#: English (informant, researcher).
PAIRS: Mapping[tuple[str, str], frozenset[str | None]] = {
    ("i", "p"): frozenset({"en", "de", "nl"}),
    ("i", "b"): frozenset({"en", "de"}),
    ("i", "r"): frozenset({"nl"}),
    ("i", "e"): frozenset({"de"}),
    ("q", "a"): frozenset({"en", "de", None}),
    ("q", "r"): frozenset({"fr"}),
    ("f", "a"): frozenset({"de"}),
    ("p", "r"): frozenset({"es", "pt"}),
    ("d", "r"): frozenset({"it"}),
    ("s", "c"): frozenset({"tr"}),
    ("и", "р"): frozenset({None}),
    ("в", "о"): frozenset({None}),
    ("س", "ج"): frozenset({None}),
    ("问", "答"): frozenset({None}),
    ("問", "答"): frozenset({None}),
    ("访", "受"): frozenset({None}),
    ("訪", "受"): frozenset({None}),
    ("访", "答"): frozenset({None}),
    ("訪", "答"): frozenset({None}),
    ("문", "답"): frozenset({None}),
}
# Pairs that may be initials of names, or mean the opposite somewhere: the one who asks must be seen to ask.
_SEEN = frozenset({("f", "a"), ("p", "r"), ("d", "r"), ("s", "c"), ("и", "р"), ("в", "о"), ("int", "res")})
# Small words that only one of the languages has, or few.
_SMALL = {
    "en": "the and how why what who when you your it is was were are be have had not that this they we of "
    "with did do does thus so yes because then there where can would could bad well fine at for "
    "from on but about or my",
    "de": "der die das und wie warum wieso wer wann ist war ich du sie wir ihr nicht ein eine einen den "
    "dem des mit auch auf aber also dann es er haben habe hatte sind ja weil wenn dass daß zu von "
    "im am bei was so schlecht gut dann",
    "nl": "het een en niet hoe waarom wie wanneer ik jij je wij zij van met ook maar dan dat dit is was "
    "waren hebben heb had zijn ja omdat voor op te naar bij wat er",
    "fr": "le la les un une des du et est était c'est ce que qui quoi pourquoi comment quand je tu nous "
    "vous ils elle on ne pas avec pour dans sur mais alors donc très oui il au aux",
    "es": "el la los las un una unos y es era fue qué que quién quien cómo como cuándo cuando por para yo "
    "tú usted nosotros se no con pero entonces muy sí lo le al del está en pasó porque",
    "pt": "o a os as um uma e é era foi que quê quem como quando por para eu você nós se não com mas "
    "então muito sim do da dos das no na ao está em porque foram houve",
    "it": "il lo la gli le un una e è era che chi come quando perché per io tu noi voi si non con ma "
    "allora molto sì del della di da in nel sono cosa ho",
    "pl": "i jest był była było nie że co kto jak kiedy dlaczego ja ty my wy się z na do w ale więc tak "
    "to po od bo",
    "tr": "ve bir bu şu ne kim nasıl neden ben sen biz siz değil için ile ama sonra evet çok da de mi mı "
    "var yok oldu",
}
_WORDS = {language: frozenset(listed(words)) for language, words in _SMALL.items()}
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SHORT = 7  # characters of an abbreviation with its number
_ENOUGH = 20_000  # words that tell the language


def language_of(texts: Iterable[str]) -> str | None:
    """The language of a conversation by its small words; None where another is nearly as likely."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word.casefold() for word in _TOKEN.findall(text[:2000]))
        if counts.total() > _ENOUGH:
            break
    hits = {one: sum(n for word, n in counts.items() if word in words) for one, words in _WORDS.items()}
    first, second = sorted(hits, key=lambda one: -hits[one])[:2]
    if hits[first] < 2 or hits[first] * 10 < counts.total():
        return None
    if hits[first] > 1.5 * hits[second]:
        return first
    return None


def small_words(language: str | None) -> frozenset[str]:
    """The small words of a language, none where it is not known."""
    return _WORDS.get(language or "", frozenset())


def letter_roles(said: Iterable[tuple[str, str]]) -> dict[str, Role]:
    """What the single letters mean where two sides of a known pair speak, and nobody else in letters.

    Args:
        said: Labels with what is said after them.

    Returns:
        The roles by letter, small; empty where the letters may mean something else. Abbreviations that
        are a pair (``Int.`` and ``Bef.``) are among them.
    """
    turns = list(said)
    return _abbreviated(turns) | _single(turns)


def _abbreviated(turns: list[tuple[str, str]]) -> dict[str, Role]:
    here = {normal(label) for label, _ in turns if len(label) <= _SHORT}
    pairs = [pair for pair in SHORT_PAIRS if here.issuperset(pair)]
    if not pairs or any(_doubtful(turns, pair) for pair in pairs):
        return {}
    roles: dict[str, Role] = {}
    for asks, answers in pairs:
        roles |= {asks: "interviewer", answers: "interviewee"}
    return roles


def _single(turns: list[tuple[str, str]]) -> dict[str, Role]:
    letters = {normal(label) for label, _ in turns if len(normal(label)) == 1}
    pair = next((pair for pair in PAIRS if letters == set(pair)), None)
    if pair is None or language_of(text for _, text in turns) not in PAIRS[pair]:
        return {}
    if _doubtful(turns, pair):
        return {}
    asks, answers = pair
    return {asks: "interviewer", answers: "interviewee"}


def _doubtful(turns: list[tuple[str, str]], pair: tuple[str, str]) -> bool:
    """Whether the turns speak against the pair, or do not speak for one that needs it."""
    asks, answers = pair
    if asks_less(turns, asks, answers):
        return True
    return pair in _SEEN and not asks_less(turns, answers, asks)


def asks_less(
    turns: Iterable[tuple[str, str]], asks: str, answers: str, called: Callable[[str], str] = normal
) -> bool:
    """Whether the side that should ask has fewer questions in its turns than the other.

    Args:
        turns: Labels with what is said after them.
        asks: The one side as `called` gives its label.
        answers: The other side.
        called: What two spellings of a label have in common.
    """
    count: Counter[str] = Counter()
    questions: Counter[str] = Counter()
    for label, text in turns:
        side = called(label)
        count[side] += 1
        questions[side] += re.search(r"[?？؟]", text) is not None
    return questions[asks] * count[answers] < questions[answers] * count[asks]


def counted_mean(said: Iterable[tuple[str, str]], label: str) -> bool:
    """Whether a letter with a number (``P1``) has the role that English gives it.

    It has not in a language where it may be the other side's (``P`` of *pesquisador*), nor where it asks in
    most of its turns.
    """
    turns = list(said)
    if language_of(text for _, text in turns) not in (None, "en", "de", "nl"):
        return False
    own = [text for one, text in turns if one == label]
    return "q" in normal(label) or len(own) < 2 or sum("?" in text for text in own) * 2 <= len(own)
