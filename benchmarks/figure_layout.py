"""How long a figure takes to lay out, and whether anything in it collides.

Run: ``python benchmarks/figure_layout.py``. Draws random graphs of two sizes, 15 issues with 30
relations and 60 with 150, fitted to a paper's text width, and prints the median of the times, their
ratio, and the counts of collisions over all of them. The ratio is what to compare between machines.
"""

from __future__ import annotations

import random
import statistics
import time
from itertools import combinations

from kb.figure.drawing import Drawing
from kb.figure.fit import MIN_LETTERS, fit
from kb.figure.fonts import Typeface
from kb.figure.geometry import at
from kb.graph import Edge, Node, Subgraph

WIDTH = 510.0  # points: 180 mm
SEEDS = range(8)
SIZES = {"15/30": (15, 30), "60/150": (60, 150)}
WORDS = [
    "data",
    "model",
    "drift",
    "label",
    "pipeline",
    "metric",
    "deployment",
    "feedback",
    "unstable",
    "provider",
]


def graph(seed: int, nodes: int, edges: int) -> Subgraph:
    """A random graph of issues; one relation in ten runs backwards, so that there are cycles."""
    choose = random.Random(seed)
    names = [f"{'-'.join(choose.choices(WORDS, k=choose.randint(1, 4)))}-{i}" for i in range(nodes)]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < edges:
        a, b = sorted(choose.sample(range(nodes), 2))
        pairs.add((b, a) if choose.random() < 0.1 else (a, b))
    links = [Edge(type="CAUSES", start=names[a], end=names[b]) for a, b in sorted(pairs)]
    return Subgraph.of([Node(id=name, labels=("Concept", "Issue")) for name in names], links)


def collisions(drawing: Drawing) -> tuple[int, int]:
    """Pairs of boxes that overlap, and links that enter a box that is not their own."""
    overlaps = sum(
        abs(a.centre[0] - b.centre[0]) < (a.width + b.width) / 2
        and abs(a.centre[1] - b.centre[1]) < (a.height + b.height) / 2
        for a, b in combinations(drawing.boxes, 2)
    )
    crossed = 0
    for edge, curve in drawing.edges:
        if curve is None:
            continue
        points = [at(curve, i / 40) for i in range(40 * ((len(curve) - 1) // 3) + 1)]
        crossed += sum(
            any(
                abs(x - box.centre[0]) < box.width / 2 and abs(y - box.centre[1]) < box.height / 2
                for x, y in points
            )
            for box in drawing.boxes
            if box.node.id not in (edge.start, edge.end)
        )
    return overlaps, crossed


def main() -> None:
    """Print one line a size, and the ratio."""
    medians = {}
    for name, (nodes, edges) in SIZES.items():
        times, overlaps, crossed, unreadable = [], 0, 0, 0
        for seed in SEEDS:
            subject, typeface = graph(seed, nodes, edges), Typeface()
            start = time.perf_counter()
            drawing = fit(subject, typeface, WIDTH)
            times.append(time.perf_counter() - start)
            here = collisions(drawing)
            overlaps, crossed = overlaps + here[0], crossed + here[1]
            unreadable += drawing.letters * drawing.scale < MIN_LETTERS
        medians[name] = statistics.median(times)
        print(
            f"{name:>7}: median {medians[name]:.2f} s, longest {max(times):.2f} s; "
            f"{overlaps} overlaps, {crossed} links through boxes, "
            f"{unreadable} of {len(times)} with letters too small"
        )
    print(f"  ratio: {medians['60/150'] / medians['15/30']:.1f}")


if __name__ == "__main__":
    main()
