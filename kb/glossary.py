"""The words that kb uses in a sense of its own, each with what it means; `kb help` prints them."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A word.

    Attributes:
        text: What it means; the first sentence alone is enough for a list.
        see: A command or a page that goes on from there; may be empty.
        also: Other forms of the word that people ask for.
    """

    text: str
    see: str = ""
    also: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """The first sentence."""
        first, stop, _ = self.text.partition(". ")
        return first + (stop and ".")


TERMS: dict[str, Entry] = {
    "agreement": Entry(
        "How far coders agree, on each turn: kappa for two coders, alpha for any number. 1 is all alike, 0 "
        "is what chance would give.",
        "`kb agreement`, docs/agreement.md",
        ("kappa", "alpha", "coefficient"),
    ),
    "candidate": Entry(
        "A relation that the words of a passage may state, which `kb suggest` found and nobody has judged. "
        "It is not in the graph until a reader accepts it and loads the relations file.",
        "`kb suggest causes`, `kb relate`, docs/suggestions.md",
        ("suggestion",),
    ),
    "catalogue": Entry(
        "A publication's list of issues, with their causes and fixes, laid beside the interviews. Nobody is "
        "counted for it: what only a catalogue states was told by no one.",
        "`kb load --catalogue`, docs/catalogue.md",
        ("catalog",),
    ),
    "category": Entry(
        "A group of codes: their common prefix, or as the codebook says.",
        "docs/codebook.md",
    ),
    "cause": Entry(
        "What leads to an issue, by somebody's word; an issue may be the cause of another.",
        "`kb query causes-of`, `kb query root-causes`",
        ("effect",),
    ),
    "chain": Entry(
        "Causes that lead on to one another, link by link, from a cause to an issue. Each says who told it: "
        "told whole by one person, or stitched from several.",
        "`kb query causal-chains`",
        ("causal chain", "path", "link"),
    ),
    "claim": Entry(
        "One person's statement of one relation, with the words that say it. An arrow of a figure, and a "
        "row of most answers, is the sum of the claims of its two ends.",
        "`kb query evidence-of-relation`",
        ("statement",),
    ),
    "code": Entry(
        "What a coder calls a passage, such as Data-no-signal. Labels that mean the same are one code, as "
        "the codebook says.",
        "`kb query code-use`, docs/codebook.md",
        ("label", "coding", "concept"),
    ),
    "codebook": Entry(
        "The file that says what each code is (an issue, a fix, a cause, a topic, a question), which labels "
        "mean the same, and which issue a fix belongs to. Without one, rules propose it.",
        "`kb load --codebook FILE`, `kb check`, docs/codebook.md",
    ),
    "coder": Entry(
        "Who coded an interview.",
        "`kb query coder-disagreements`",
    ),
    "detection": Entry(
        "What shows that an issue is there.",
        "`kb query fixes-for`",
        ("shown by", "detects"),
    ),
    "digest": Entry(
        "A number made from all that is in the graph: two graphs that say the same have the same one.",
        "`kb status`",
    ),
    "evidence": Entry(
        "The passages behind something: those coded with a code, or those in which people tell a relation.",
        "`kb query evidence`, `kb query evidence-of-relation`",
    ),
    "feedback loop": Entry(
        "A chain of causes that leads back to where it began.",
        "`kb query feedback-loops`",
        ("loop",),
    ),
    "fix": Entry(
        "What somebody says helps against an issue; what was tried and did not is kept apart.",
        "`kb query fixes-for`, `kb query issues-without-fix`",
        ("remedy",),
    ),
    "guide question": Entry(
        "A code that says which question of the interview guide a passage answers. It tells no finding, so "
        "agreement leaves it out unless asked.",
        "docs/codebook.md",
        ("question", "interview guide"),
    ),
    "issue": Entry(
        "Something that goes wrong.",
        "`kb query top-issues`, `kb query issue-card`",
    ),
    "leverage": Entry(
        "How much a fix would help: how many effects a cause leads to, and on how many chains it is.",
        "`kb query leverage`",
    ),
    "passage": Entry(
        "A turn, or the words of it that a coder marked. It counts once, however many coders marked it.",
        "`kb query evidence`",
        ("quote",),
    ),
    "person": Entry(
        "Somebody who speaks in an interview, as interview/speaker. Who cannot be told from others (4/?) is "
        "not counted; two interviewees of one interview are two people.",
        "`kb query participants`",
        ("people", "teller", "tellers", "participant"),
    ),
    "relation": Entry(
        "That one thing causes, fixes, does not fix or shows another. Codes alone say none: a reader writes "
        "them down with the words that tell them, or accepts candidates.",
        "`kb suggest causes`, docs/relations.md",
    ),
    "robustness": Entry(
        "The least number of people whose word must be doubted before no chain from a cause to an effect is "
        "left; a link falls with the last who tells it.",
        "`kb query robustness`",
        ("doubt", "doubted", "cut"),
    ),
    "root cause": Entry(
        "A cause for which nobody told a cause in turn.",
        "`kb query root-causes`",
        ("beginning",),
    ),
    "round": Entry(
        "When an interview was coded: the first coding, a second one, a moderation. Each coder in each "
        "round is counted by itself.",
        "docs/agreement.md",
        ("moderation",),
    ),
    "saturation": Entry(
        "How many new codes, or relations, each further interview brings.",
        "`kb plot saturation`, `kb query saturation`",
    ),
    "stated": Entry(
        "How explicit a statement is: stated (in one go), across-turns (over several turns), coded (an "
        "analyst's code says so) or implied. Of several statements the strongest counts.",
        "docs/relations.md",
        ("explicit", "across-turns", "coded", "implied", "weakest"),
    ),
    "stitched": Entry(
        "Of a chain: its links come from several people, and no one person is known to have told them all. "
        "Nobody's story, though each link is somebody's.",
        "`kb query causal-chains --told stitched`",
    ),
    "tail": Entry(
        "A label beside a turn of which no word is marked: the end of a selection that began before.",
        "docs/agreement.md",
    ),
    "told whole": Entry(
        "Of a chain: one person told every link of it. Two interviewees who each tell one link told no "
        "chain.",
        "`kb query causal-chains --told whole`",
        ("told", "whole", "told by"),
    ),
    "turn": Entry(
        "What one person says until another speaks; 901:0012 is turn 12 of interview 901, counted from 0.",
        "`kb query search`",
    ),
    "weight": Entry(
        "Of a chain: the number of people who tell its weakest link.",
        "`kb query causal-chains`, `kb query robustness`",
        ("weakest link",),
    ),
}


def find(asked: str) -> str | None:
    """The word that somebody asks for, in any case, with - or blanks, in the plural; None for another."""
    wanted = " ".join(asked.casefold().replace("_", " ").split())
    forms = {form: term for term, entry in TERMS.items() for form in (*entry.also, term)}
    for form in (wanted, wanted.replace("-", " "), wanted.removesuffix("s"), wanted.removesuffix("es")):
        if form in forms:
            return forms[form]
    return None
