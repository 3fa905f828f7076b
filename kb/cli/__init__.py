"""The command line: ``kb``. One module a command group; nothing heavy is imported before it is needed."""

from __future__ import annotations

import _thread
import io
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout, suppress

_INSIST_SECONDS = 2.0  # time to close what is open


def main() -> None:
    """Run ``kb`` and end the process with an exit code that means something (see `kb.errors`)."""
    interrupted = _hear_interrupt()
    try:
        _main(interrupted)
    except BaseException:
        if not interrupted:
            # All is done, and the exit code is known: what comes now only ends Python.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            raise
    if interrupted:
        _end_interrupted()


def _hear_interrupt() -> list[int]:
    """Remember Ctrl-C; what it tears apart may come out as any error, far from here.

    Returns:
        Empty until Ctrl-C is pressed.
    """
    pressed: list[int] = []

    def heard(number: int, _: object) -> None:
        if not pressed:
            pressed.append(number)
            sys.unraisablehook = lost
            threading.Thread(target=insist, daemon=True).start()
        raise KeyboardInterrupt

    def insist() -> None:
        # The driver may take it for a lost connection, and try again.
        while True:
            time.sleep(_INSIST_SECONDS)
            _thread.interrupt_main(signal.SIGINT)

    def lost(what: sys.UnraisableHookArgs) -> None:
        # It came while an object was cleared away, where Python drops it.
        if what.exc_type is KeyboardInterrupt:
            again = threading.Timer(0.02, _thread.interrupt_main, [signal.SIGINT])
            again.daemon = True
            again.start()

    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # as for a job in the background
        signal.signal(signal.SIGINT, heard)
    return pressed


def _end_interrupted() -> None:
    """Say so on one line, and end with 130: no thread or late clean-up has a say any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    with suppress(OSError, ValueError):
        print("kb: interrupted; what was written until then is kept.", file=sys.stderr, flush=True)
    os._exit(130)  # the embedded engine goes with this process


def _main(interrupted: list[int]) -> None:
    from kb.cli.app import app
    from kb.errors import KbError
    from kb.store import light

    light.wanted = True
    _print_any_letter()
    try:
        _refuse_bytes(sys.argv[1:])
        if os.environ.get("_KB_COMPLETE") == "complete_bash":
            _complete_in_bash(app)
        else:
            app()
    except KbError as error:
        # While the user types, there is nothing to tell yet; after Ctrl-C, only that.
        if not interrupted and "_KB_COMPLETE" not in os.environ:
            print(f"kb: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader (`| head`) has gone; Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        from kb.unexpected import EXIT_CODE, told

        if not interrupted and "_KB_COMPLETE" not in os.environ:
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
