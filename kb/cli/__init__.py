"""The command line: ``kb``. One module a command group; nothing heavy is imported before it is needed."""

from __future__ import annotations

import io
import os
import sys


def main() -> None:
    """Run ``kb`` and end the process with an exit code that means something (see `kb.errors`)."""
    from kb.cli.app import app
    from kb.errors import KbError

    _print_any_letter()
    try:
        app()
    except KbError as error:
        print(f"kb: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader (`| head`) has gone; Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _print_any_letter() -> None:
    """Quotes hold any letter: write UTF-8 into files and pipes, and ``?`` where a terminal has none."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue  # closed, or a test's own
        if stream.isatty() or "PYTHONIOENCODING" in os.environ:
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="replace")
