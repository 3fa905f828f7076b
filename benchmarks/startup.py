"""What `kb --help` costs beside the library it is made with: a ratio, measured side by side.

Run: ``python benchmarks/startup.py``. Each command runs in a fresh interpreter, in turn with the
other, so that a busy machine slows both; the median of each is compared.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

RUNS = 15
LIMIT = 2.0  # start-up is part of the product
_HELP = "import sys; sys.argv = ['kb', '--help']; from kb.cli import main; main()"
COMMANDS = {
    "import typer": ("import typer", {}),
    "kb --help": (_HELP, {}),
    "completion": (
        "import sys; sys.argv = ['kb']; from kb.cli import main; main()",
        {"_KB_COMPLETE": "complete_bash", "COMP_WORDS": "kb lo", "COMP_CWORD": "1"},
    ),
}


def seconds(code: str, env: dict[str, str]) -> float:
    """Wall time of one run in a new interpreter."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **env}, stdout=subprocess.DEVNULL, check=True
    )
    return time.perf_counter() - start


def main() -> None:
    """Print the median of each and its ratio to the first; end with 1 where one is over the limit."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(RUNS):
        for name, (code, env) in COMMANDS.items():
            times[name].append(seconds(code, env))
    base = statistics.median(times["import typer"])
    worst = 0.0
    for name, found in times.items():
        median = statistics.median(found)
        worst = max(worst, median / base)
        print(f"{name:14} {median * 1000:6.0f} ms  {median / base:5.2f} x")
    sys.exit(worst > LIMIT)


if __name__ == "__main__":
    main()
