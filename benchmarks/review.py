"""A study from its coded interviews to a reviewed graph, by a scripted reader: decisions a relation found.

The invented study in data/study is loaded, and a reader who knows what its author wrote into it (gold.yaml)
judges every candidate as `kb review` offers them:

- accepts a candidate that is in the gold relations, where its words stand in the passage or so near it that a
  reader sees them; cuts the quote to these words, and sets how explicit it is as the author has it;
- turns round one that is there the other way;
- changes an end where a passage states a gold relation with another end, that was not found yet;
- refuses the others.

It ends with 1 if more than two decisions are needed for a relation found, an accepted relation has no quote
in the graph, or `kb status` leaves anything undecided.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import kb
from kb.errors import KbError
from kb.records import Turn
from kb.relations import Relation, find_evidence, load_relations
from kb.review.model import Key
from kb.review.over_graph import follow, open_review
from kb.review.review import Review
from kb.settings import Settings
from kb.store import open_store

STUDY = Path(__file__).resolve().parents[1] / "data" / "study"
MOST = 2.0


class Reader:
    """A reader who finds what the author of the study wrote into it.

    Args:
        gold: The author's relations.
        turns: Of each interview.
    """

    def __init__(self, gold: tuple[Relation, ...], turns: dict[str, list[Turn]]) -> None:
        self.gold = {Key(r.interview, r.kind, r.start.name, r.end.name): r for r in gold}
        self.turns_of = {
            key: [passage.turn_id for passage in find_evidence(r, turns[r.interview]).passages]
            for key, r in self.gold.items()
        }
        self.found: set[Key] = set()

    def decide(self, review: Review) -> str:
        """Judge the current candidate; what was decided."""
        key = review.draft.candidate.key
        for wanted in self._wanted(review):
            if self._accept(review, wanted):
                self.found.add(wanted)
                return "accepted" if wanted == key else "turned round" if wanted == key.turned else "changed"
        return review.refuse().verdict or ""

    def _wanted(self, review: Review) -> Iterator[Key]:
        """The gold relations that a reader of this candidate may find, the nearest first."""
        key = review.draft.candidate.key
        yield from (each for each in (key, key.turned) if each in self.gold and each not in self.found)
        shown = {words.turn for passage in review.draft.candidate.passages for words in passage.quotes}
        for other, turns in self.turns_of.items():
            same = other.interview == key.interview and other.kind == key.kind and other not in self.found
            if same and shown & set(turns) and {other.start, other.end} & {key.start, key.end}:
                yield other

    def _accept(self, review: Review, wanted: Key) -> bool:
        relation = self.gold[wanted]
        try:
            review.quote(*relation.quotes)  # as far as a reader sees the turns around
            key = review.draft.key
            if wanted == key.turned:
                review.turn_round()
            elif wanted != key:
                if wanted.start == key.end or wanted.end == key.start:
                    review.turn_round()
                if wanted.start != review.draft.start:
                    review.change_end("start", wanted.start)
                if wanted.end != review.draft.end:
                    review.change_end("end", wanted.end)
            review.say_how(relation.explicit)
            review.accept()
        except KbError:
            return False
        return True


def status(folder: Path, db: Path) -> list[dict[str, object]]:
    """What `kb status` says is undecided."""
    command = [str(Path(sys.executable).with_name("kb")), "status", "--format", "json", "--db", str(db)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NEO4J_", "KB_"))}
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, env=environment)
    return list(json.loads(done.stdout)["reviews"])


def main() -> int:
    """Load, review, check; the exit code."""
    gold = load_relations(STUDY / "gold.yaml").relations
    with tempfile.TemporaryDirectory() as name:
        folder, db = Path(name), Path(name) / "db"
        path = folder / "relations.yaml"
        with kb.open(db, create=True) as graph:
            graph.load(STUDY / "interviews", shipped_relations=False)
        with open_store(Settings(KB_DB=db)) as store:
            review = open_review(store, path)
            reader = Reader(gold, {i: list(turns) for i, turns in review.turns.items()})
            decisions: Counter[str] = Counter()
            slowest = 0.0
            while review.current is not None:
                began = time.perf_counter()
                decisions[reader.decide(review)] += 1
                slowest = max(slowest, time.perf_counter() - began)
            review.leave()
            follow(store, path)
            quoted = store.read(
                "MATCH (k:Claim {basis: 'reader'})-[e:EVIDENCED_BY]->(:Turn) WHERE e.quote <> '' "
                "RETURN count(DISTINCT k) AS n"
            ).rows[0]["n"]
        undecided = [each["undecided"] for each in status(folder, db)]
    total, found = decisions.total(), len(reader.found)
    both = sum(1 for key in reader.gold if key.start in review.names and key.end in review.names)
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in decisions.most_common())
    print(f"candidates decided:            {total} ({verdicts})")
    print(f"relations found:               {found} of {len(gold)}; {both} of them between codes")
    print(f"decisions for a relation:      {total / max(1, found):.2f}")
    print(f"accepted, with their quotes:   {quoted} of {found}")
    print(f"left undecided by kb status:   {undecided}")
    print(f"longest decision:              {slowest * 1000:.0f} ms")
    return int(total > MOST * found or quoted != found or undecided != [0])


if __name__ == "__main__":
    sys.exit(main())
