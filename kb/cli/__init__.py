"""The command line: ``kb``. One module a command group; nothing heavy is imported before it is needed."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
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
        _refuse_bytes(sys.argv[1:])
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


def _refuse_bytes(words: Sequence[str]) -> None:
    """Refuse a word that is no text, unless it names a file: what is wrong with that is told there.

    Raises:
        UsageError: A word holds bytes that are not UTF-8, which no graph and no figure can hold.
    """
    from kb.errors import UsageError

    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError as error:
            if os.path.lexists(word):
                continue
            shown = os.fsencode(word).decode("utf-8", "replace")
            msg = f"'{shown}' is not UTF-8: type it anew in a terminal of UTF-8 (LC_ALL=C.UTF-8)."
            raise UsageError(msg) from error


def _print_any_letter() -> None:
    """Quotes hold any letter: write UTF-8 into files and pipes, and ``?`` where a terminal has none."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue  # closed, or a test's own
        if stream.isatty() or "PYTHONIOENCODING" in os.environ:
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="replace")
