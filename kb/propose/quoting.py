"""A proposed quote held against the interviews: found with the interviewee, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from kb.propose.transcript import LEAST, MOST, Found, Place, Transcript, parts_of, wanted
from kb.records import Turn
from kb.text.assent import assents
from kb.text.quotes import find_quote
from kb.text.words import plural, speaker_key

# Words left out between two parts that belong to one sentence or two.
_SHOWN = 3
_NEGATIONS = frozenset(
    ["not", "no", "never", "nobody", "nothing", "none", "without", "hardly", "nicht", "kein"]
)
# An interviewer who says so many words more is confirmed in those, not in the quote.
_GOES_ON = 12


class Quoted(NamedTuple):
    """A quote as it stands in the interview.

    Attributes:
        quotes: Its passages, each found once there.
        turns: Ids of their turns.
        places: Where its words stand, without what was added to tell the place.
        evidence: Id of the turn that is the evidence.
        speaker: Label of who says it.
        warnings: What a reader should look at, a sentence each.
    """

    quotes: tuple[str, ...]
    turns: tuple[str, ...]
    places: tuple[Place, ...]
    evidence: str
    speaker: str
    warnings: tuple[str, ...]


class Quotes:
    """Finds quotes in one interview.

    Args:
        transcript: The interview.
        known: Words that people of the study say.
        elsewhere: Asked where else a quote stands: ids of turns of other interviews.
    """

    def __init__(
        self, transcript: Transcript, known: Collection[str], elsewhere: Callable[[str], Iterable[str]]
    ) -> None:
        self._transcript = transcript
        self._turns = transcript.turns
        self._known = known
        self._elsewhere = elsewhere

    def quoted(self, quote: str, turn: str | None = None, speaker: str | None = None) -> Quoted | str:
        """Where a quote stands, or why it is refused, in a sentence.

        Args:
            quote: As proposed.
            turn: Id of the turn that it is said to stand in.
            speaker: Label of who is said to say it.
        """
        quote = self._transcript.without_labels(quote)
        words = [word for part in parts_of(quote) for word in wanted(part)]
        if len(words) < LEAST:
            return f"a quote of {plural(len(words), 'word')} says no relation: give the sentence that does."
        if len(words) > MOST:
            return f"a quote of {len(words)} words is no quote: give the words that say it, at most {MOST}."
        found = self._transcript.find(quote, self._known)
        if not found:
            return self._missing(quote, words)
        warnings: list[str] = []
        found = self._meant(found, turn, speaker)
        if len(found) > 1:
            places = ", ".join(dict.fromkeys(self._turns[each.places[0].turn].id for each in found[:_SHOWN]))
            more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            return f"stands {len(found)} times in it ({places}{more}): add words, or the turn."
        return self._judged(found[0], turn, speaker, warnings)

    def _meant(self, found: list[Found], turn: str | None, speaker: str | None) -> list[Found]:
        """Of several places those in the turn that is named, or by the speaker, or by an interviewee."""
        key = speaker_key(speaker or "")
        ways: tuple[Callable[[Turn], bool], ...] = (
            lambda t: turn is not None and t.id == turn,
            lambda t: bool(key) and speaker_key(t.speaker) == key,
            lambda t: t.role != "interviewer",
        )
        for fits in ways:
            theirs = [each for each in found if fits(self._turns[each.places[0].turn])]
            found = theirs or found
        return found

    def _missing(self, quote: str, words: Sequence[str]) -> str:
        """Why a quote that is not there is refused: it is another interview's, joined, or in other words."""
        if others := sorted(dict.fromkeys(self._elsewhere(quote)))[:_SHOWN]:
            return f"not in this interview: it stands in {', '.join(others)}."
        size = len(words)
        before, after = self._transcript.beginning(words), self._transcript.beginning(words, last=True)
        if before and after and before[0] >= LEAST and after[0] >= LEAST and before[0] + after[0] >= size:
            one, two = self._turns[before[1].turn].id, self._turns[after[1].turn].id
            if one == two:
                return f"leaves out words of {one} without a mark: write … there, or all the words."
            return (
                f"joins words of {one} and {two} that do not stand together: propose one, or mark it with …."
            )
        near = self._transcript.nearest(quote, self._known)
        if near is None:
            return "not in the transcript, nor anything like it: copy the words."
        if near.share >= 1:
            return f"too many slips for a copy of '{near.words}' in {near.turn}: copy the words."
        there = round(near.share * 100)
        return (
            f"not in the transcript: the nearest is '{near.words}' in {near.turn} ({there} % of its words)."
        )

    def _judged(
        self, found: Found, turn: str | None, speaker: str | None, warnings: list[str]
    ) -> Quoted | str:
        turns = [self._turns[place.turn] for place in found.places]
        asked = [each for each in turns if each.role == "interviewer"]
        evidence, confirming = turns[0], None
        if asked and len(asked) < len(turns):
            theirs = ", ".join(dict.fromkeys(each.id for each in asked))
            return f"partly the interviewer's words ({theirs}): quote the interviewee's."
        if asked:
            confirming = self._confirmed(found.places[-1])
            if confirming is None:
                return f"the interviewer's words ({asked[0].id}), and the next turn does not confirm them."
            evidence = confirming
            warnings.append(
                f"the interviewer's words, confirmed in {confirming.id}: '{_cut(confirming.text)}'."
            )
        if turn is not None and turn not in {each.id for each in (*turns, evidence)}:
            warnings.append(f"stands in {turns[0].id}, not in {turn}.")
        if speaker and speaker_key(speaker) != speaker_key(evidence.speaker):
            warnings.append(f"said by {evidence.speaker or 'nobody who is named'}, not by {speaker}.")
        if evidence.role is None:
            warnings.append("who says it cannot be told from the transcript.")
        if len({speaker_key(each.speaker) for each in turns}) > 1:
            warnings.append("words of several people: no one person says it.")
        self._left_out(found.places, warnings)
        passages, ids = self._passages(found.places)
        if confirming is not None and (own := self._unique(confirming, 0, len(_cut(confirming.text)))):
            passages, ids = (*passages, own), (*ids, confirming.id)
        if not all(passages):
            return "stands several times in it, whole turns alike: quote another passage."
        return Quoted(passages, ids, found.places, evidence.id, evidence.speaker, tuple(warnings))

    def _confirmed(self, place: Place) -> Turn | None:
        """The interviewee's turn that confirms what the interviewer said, if the next one does."""
        rest = self._turns[place.turn].text[place.end :]
        following = self._turns[place.turn + 1 : place.turn + 2]
        if not following or len(wanted(rest)) > _GOES_ON:
            return None
        turn = following[0]
        return turn if turn.role == "interviewee" and assents(turn.text) else None

    def _left_out(self, places: Sequence[Place], warnings: list[str]) -> None:
        """Warn of what was left out: of a denial, and of parts that are far apart."""
        for one, two in pairwise(places):
            if one.turn == two.turn:
                between = self._turns[one.turn].text[one.end : two.start]
                if denying := _NEGATIONS.intersection(wanted(between)):
                    warnings.append(f"what is left out has a '{min(denying)}'.")
            elif two.turn - one.turn > 1 and any(
                turn.role == "interviewer" and ("?" in turn.text or wanted(turn.text)[LEAST:])
                for turn in self._turns[one.turn + 1 : two.turn]
            ):
                ids = self._turns[one.turn].id, self._turns[two.turn].id
                warnings.append(f"put together from two answers ({ids[0]}, {ids[1]}).")

    def _passages(self, places: Sequence[Place]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words as a relations file takes them: of each turn one passage, found once in the interview."""
        of_turn: dict[int, list[Place]] = {}
        for place in places:
            of_turn.setdefault(place.turn, []).append(place)
        quotes, ids = [], []
        for n, theirs in of_turn.items():
            turn = self._turns[n]
            if len(theirs) == 1:
                quotes.append(self._unique(turn, theirs[0].start, theirs[0].end) or "")
            else:
                parts = " … ".join(turn.text[place.start : place.end] for place in theirs)
                once = len(find_quote(parts, self._turns)) == 1
                quotes.append(parts if once else self._unique(turn, theirs[0].start, theirs[-1].end) or "")
            ids.append(turn.id)
        return tuple(quotes), tuple(ids)

    def _unique(self, turn: Turn, start: int, end: int) -> str | None:
        """Words of a turn, with so many more about them that they are found once; None if they never are."""
        text = turn.text
        while True:
            matches = find_quote(text[start:end], self._turns)
            if len(matches) == 1 and matches[0].turn_id == turn.id:
                return text[start:end]
            if start == 0 and end == len(text):
                return None
            end = _word_on(text, end)
            if len(find_quote(text[start:end], self._turns)) != 1:
                start = _word_back(text, start)


def _word_on(text: str, at: int) -> int:
    rest = text[at:]
    return at + len(rest) - len(rest.lstrip()) + len(rest.split(maxsplit=1)[0]) if rest.strip() else len(text)


def _word_back(text: str, at: int) -> int:
    before = text[:at].rstrip()
    return before.rfind(" ") + 1 if before else 0


def _cut(text: str) -> str:
    """The first words of a turn, to the end of its sentence if that is near."""
    words = text.split(" ")[:12]
    end = next((n for n, word in enumerate(words, 1) if word.endswith((".", "!"))), len(words))
    return " ".join(words[:end])
