"""What is wrong with the words of a call, in kb's own words and in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from typer.exceptions import TyperException

# What the library says of a value, and the same for somebody who has never heard of it.
_SAID = (
    (r"Value error, (?P<said>.*)", r"{said}"),
    (r"Input should be less than or equal to (?P<bound>\S+)", "it is at most {bound}"),
    (r"Input should be greater than or equal to (?P<bound>\S+)", "it is at least {bound}"),
    (r"Input should be less than (?P<bound>\S+)", "it is less than {bound}"),
    (r"Input should be greater than (?P<bound>\S+)", "it is more than {bound}"),
    (r"Input should be a valid integer\b.*", "it is a whole number"),
    (r"Input should be a valid number\b.*", "it is a number"),
    (r"Input should be a valid boolean\b.*", "it is yes or no"),
    (r"Input should be (?P<said>.*)", "it should be {said}"),
)


@contextmanager
def told_plainly() -> Iterator[None]:
    """What the library finds wrong with a call becomes a `kb.errors.UsageError`.

    Its own call for help, of a command that was given nothing, goes through.
    """
    try:
        yield
    except TyperException as error:
        context = getattr(error, "ctx", None)
        if error.exit_code != 2 or type(error).__name__ == "NoArgsIsHelpError":
            raise
        from kb.errors import UsageError

        raise UsageError(_sentence(error, context)) from error


def in_words(message: str) -> str:
    """What a library says of a value, without its own terms.

    >>> in_words("Input should be less than or equal to 8")
    'it is at most 8'
    """
    for pattern, words in _SAID:
        if match := re.fullmatch(pattern, message.rstrip("."), re.DOTALL):
            return words.format(**match.groupdict())
    return message.rstrip(".")


def _sentence(error: TyperException, context: Any) -> str:
    said = error.format_message()
    command = context.command_path if context is not None else "kb"
    if match := re.match(r"No such command '(.*?)'\.", said, re.DOTALL):
        from kb.text.nearest import did_you_mean

        names = context.command.list_commands(context) if context is not None else ()
        return (
            f"There is no command {match[1]!r}.{did_you_mean(match[1], names)} `{command} --help` lists them."
        )
    error.message = in_words(error.message) if error.message else error.message
    said = " ".join(error.format_message().split()).rstrip(".")
    if match := re.fullmatch(r"Invalid value for (.*?): (.*)", said):
        said = f"{match[1].replace(chr(39), '')}: {match[2]}"
    stop = "" if said.endswith("?") else ";"
    return f"{said}{stop} `{command} --help` shows how."
