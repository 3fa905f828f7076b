"""The command line: ``kb``. One module a command group; nothing heavy is imported before it is needed."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stdout


def main() -> None:
    """Run ``kb`` and end the process with an exit code that means something (see `kb.errors`)."""
    try:
        from kb.cli.app import app
        from kb.errors import KbError
    except KeyboardInterrupt:
        sys.exit(130)
    _print_any_letter()
    try:
        if os.environ.get("_KB_COMPLETE") == "complete_bash":
            _complete_in_bash(app)
        else:
            app()
    except KbError as error:
        if "_KB_COMPLETE" not in os.environ:  # while the user types, there is nothing to tell yet
            print(f"kb: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader (`| head`) has gone; Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        from kb.unexpected import EXIT_CODE, told

        if "_KB_COMPLETE" not in os.environ:
            print(f"kb: {told(error)}", file=sys.stderr)
        sys.exit(EXIT_CODE)


def _complete_in_bash(app: Callable[[], object]) -> None:
    """Let typer find what to offer, and print it quoted."""
    from kb.cli.names import bash_words

    offered = io.StringIO()
    try:
        with redirect_stdout(offered):
            app()
    finally:
        print(bash_words(offered.getvalue()), end="")


def _print_any_letter() -> None:
    """Quotes hold any letter: write UTF-8 into files and pipes, and ``?`` where a terminal has none."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue  # closed, or a test's own
        if stream.isatty() or "PYTHONIOENCODING" in os.environ:
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="replace")
