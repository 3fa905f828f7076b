"""How mistakes reach an agent: one sentence each, in the words of tools and parameters."""

from __future__ import annotations

import re
import sys
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from pydantic import ValidationError

from kb.agents.bounded import ABOUT_NAMES
from kb.text.nearest import did_you_mean
from kb.unexpected import told

_OPTION = re.compile(r"--([a-z][a-z-]*)")
# What kb names as a command, and the tool that tells the same.
_TOOLS = {"`kb query`": "`list_queries`", "`kb query code-use`": "`list_codes`"}
_QUERY = re.compile(r"`kb query ([a-z-]+)`")
_OF_THE_SERVER = frozenset(("db", "into", "folder", "language", "timeout", "port", "http"))
# What the library says of a value of another kind, in plainer words.
_KINDS = {
    "dict_type": 'pass an object with names and values, such as {"effect": "MT-overfitting"}',
    "list_type": 'pass a list of texts, such as ["sector=health"]',
}


def for_agents(sentence: str) -> str:
    """A sentence written for the command line, with its options as an agent calls them.

    What stands in backquotes is a command for a person to run.

    >>> for_agents("--depth is at most 8.")
    'The parameter depth is at most 8.'
    """
    for command, tool in _TOOLS.items():
        sentence = sentence.replace(command, tool)
    sentence = _QUERY.sub(r"the query \1", sentence)
    parts = sentence.split("`")
    parts[::2] = [_OPTION.sub(_called, part) for part in parts[::2]]
    plainly = " ".join("`".join(parts).split())
    return plainly[:1].upper() + plainly[1:] if sentence.startswith(("--", "the query ")) else plainly


def _called(option: re.Match[str]) -> str:
    if option[1] in _OF_THE_SERVER:
        return f"{option[0]} of kb mcp"
    return f"the parameter {option[1].replace('-', '_')}"


class Told(MCPServer[Any]):
    """A server whose mistakes are told so; the library passes over a parameter that there is not."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        """As the library calls a tool.

        Raises:
            ToolError: What is wrong, a sentence.
        """
        tools = {tool.name: tool for tool in await self.list_tools()}
        if name not in tools:
            there = ", ".join(tools)
            raise ToolError(f"There is no tool {name[:80]!r}.{did_you_mean(name, tools)} There are {there}.")
        known = list(tools[name].input_schema.get("properties", {}))
        if unknown := sorted(set(arguments) - set(known)):
            hint = did_you_mean(unknown[0], known) or f" It takes {', '.join(known) or 'none'}."
            raise ToolError(f"{name} has no parameter {unknown[0][:80]!r}.{hint}")
        try:
            return await super().call_tool(name, arguments, context)
        except UnexpectedToolError as error:
            # The library would print a traceback, with the words of interviews in it.
            sentence = told(error.__cause__ or error)
            print(sentence, file=sys.stderr, flush=True)
            raise ToolError(sentence) from None
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):  # its own text is several lines
                wrong = error.__cause__.errors()[0]
                at = ".".join(map(str, wrong["loc"][:2])) or "what was passed"
                raise ToolError(f"{name}: {at}: {_KINDS.get(wrong['type'], wrong['msg'])}.") from None
            raise ToolError(f"{for_agents(str(error.__cause__ or error))} {ABOUT_NAMES}") from None
