"""``--help`` of what has commands: in groups, with phrases that are not cut off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

# The commands of `kb` by what they are for; one that is not named here comes under the last.
GROUPS = {
    "Load": ("load", "remove", "parse"),
    "Ask": ("query", "cypher", "mcp"),
    "Draw": ("serve", "export", "plot", "browse"),
    "Judge": ("suggest", "propose", "review", "relate", "agreement"),
    "Share": ("report", "browser-pack", "dump", "restore"),
    "Look after": ("status", "check"),
}
_REST = "Look after"  # also what came after this table

# The commands that there are: `kb.cli.app` puts them here, so that nothing else is advised.
commands: set[str] = set()


def group_of(command: str) -> str:
    """The group of a command of ``kb``."""
    return next((group for group, names in GROUPS.items() if command in names), _REST)


def write_groups(context: Any, formatter: Any, groups: Mapping[str, Iterable[str]]) -> None:
    """Write the commands of a group of commands into its help.

    Args:
        context: Of the help, as the library hands it over.
        formatter: What the help is written into, the same.
        groups: Names of commands, by the heading that they come under.
    """
    for heading, names in groups.items():
        rows = []
        for name in names:
            command = context.command.get_command(context, name)
            if command is not None and not command.hidden:
                rows.append((name, command.get_short_help_str(limit=1000)))
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)
