"""The Model Context Protocol server: tools and resources over `kb.agents.looks` and `kb.agents.proposing`.

It speaks over stdin and stdout, or over streamable HTTP on this machine's loopback address
(https://modelcontextprotocol.io/specification). All tools read but one, which writes a proposal.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Literal, ParamSpec

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import Field

from kb import __version__
from kb.agents.bounded import NOTICE, ROWS
from kb.agents.looks import Looks, graph_schema
from kb.agents.proposing import propose
from kb.agents.told import Told
from kb.errors import KbError
from kb.relation import KINDS

_P = ParamSpec("_P")
_KINDS = tuple(kind.name for kind in KINDS)

INSTRUCTIONS = (
    "kb is a graph of issues, their causes and their fixes, from coded interviews. Begin with list_queries; "
    "`ask` answers a canned query, issue_card tells all of one issue. Every answer carries quotes with the "
    "id of their turn in brackets, [901:0012]: cite them, and read around them with passages before you rely "
    "on them. A chain told whole was told by one person from end to end; a stitched one was put together "
    "from several. Nothing you do changes the graph; propose_relation hands a relation, with its exact "
    f"quote, to a human reader. {NOTICE}"
)

_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_PROPOSES = ToolAnnotations(
    read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

Offset = Annotated[int, Field(ge=0, description="How many rows to leave out at the beginning.")]
Limit = Annotated[int, Field(ge=1, le=200, description="How many rows at most; fewer where they are long.")]


def build(looks: Looks, relations: Path, language: str = "en") -> MCPServer[Any]:
    """The server.

    Args:
        looks: What is read.
        relations: The relations file that proposals wait beside.
        language: Of the interviews.
    """
    server: MCPServer[Any] = Told(
        "kb", title="kb", instructions=INSTRUCTIONS, version=__version__, log_level="WARNING"
    )

    def tool(annotations: ToolAnnotations = _READS) -> Callable[[Callable[_P, dict[str, Any]]], Any]:
        def add(function: Callable[_P, dict[str, Any]]) -> Any:
            return server.tool(annotations=annotations)(_plainly(function))

        return add

    @tool()
    def list_queries(offset: Offset = 0, limit: Limit = 200) -> dict[str, Any]:
        """List the canned queries: what each asks, its parameters and its columns."""
        return looks.queries(offset, limit)

    @tool()
    def ask(
        query: Annotated[str, Field(description="A name from list_queries, such as causal-chains.")],
        parameters: Annotated[
            dict[str, str | int | float | bool | None],
            Field(description="The query's parameters by name; those left out take their default."),
        ] = {},  # noqa: B006 - never changed; a schema needs it
        where: Annotated[
            list[str], Field(description="Count only what such people told: sector=health, years>=3.")
        ] = [],  # noqa: B006
        offset: Offset = 0,
        limit: Limit = ROWS,
    ) -> dict[str, Any]:
        """Answer a canned query: rows with their quotes, who tells it, told whole or stitched."""
        return looks.ask(query, parameters, where, offset, limit)

    @tool()
    def issue_card(
        issue: Annotated[str, Field(description="A code, such as MT-overfitting, or a part of its name.")],
        offset: Offset = 0,
        limit: Limit = 60,
    ) -> dict[str, Any]:
        """All that is known of an issue: what it is, its causes, effects and fixes, counts and quotes."""
        return looks.ask("issue-card", {"issue": issue}, [], offset, limit)

    @tool()
    def search_words(
        words: Annotated[str, Field(description="Words to be found in what people said.")],
        offset: Offset = 0,
        limit: Limit = ROWS,
    ) -> dict[str, Any]:
        """Find turns by their words."""
        return looks.ask("search", {"words": words}, [], offset, limit)

    @tool()
    def passages(
        turn: Annotated[str, Field(description="The id of a turn, as quotes carry it: 901:0012.")],
        around: Annotated[int, Field(ge=0, le=20, description="How many turns before and after.")] = 3,
        offset: Offset = 0,
    ) -> dict[str, Any]:
        """Read a turn in its place: the turns around it, who speaks, and the codes on them.

        Turns of more than 2,000 characters are cut; one alone, with around=0, is given whole up to 20,000.
        """
        return looks.passages(turn, around, offset)

    @tool()
    def coded_passages(
        code: Annotated[str, Field(description="A code's name.")],
        interview: Annotated[str | None, Field(description="Only this interview.")] = None,
        offset: Offset = 0,
        limit: Limit = ROWS,
    ) -> dict[str, Any]:
        """List the passages that coders gave a code, with who coded them."""
        return looks.coded(code, interview, offset, limit)

    @tool()
    def list_interviews(offset: Offset = 0, limit: Limit = 100) -> dict[str, Any]:
        """List the interviews with their numbers of turns."""
        return looks.interviews(offset, limit)

    @tool()
    def list_codes(
        kind: Annotated[
            Literal["issue", "fix", "cause", "topic", "question", "category", "detection"] | None,
            Field(description="Only this kind."),
        ] = None,
        offset: Offset = 0,
        limit: Limit = 60,
    ) -> dict[str, Any]:
        """List codes and concepts with how many passages and interviews have them, most used first."""
        return looks.codes(kind, offset, limit)

    @tool(_PROPOSES)
    def propose_relation(
        kind: Annotated[Literal[_KINDS], Field(description="Which relation.")],  # type: ignore[valid-type]
        start: Annotated[str, Field(description="The cause, or the issue: a code, or several words.")],
        end: Annotated[str, Field(description="The effect, or the fix: a code, or several words.")],
        quote: Annotated[str, Field(description="The exact words of the transcript that say so.")],
        interview: Annotated[str, Field(description="The interview that they stand in.")],
        turn: Annotated[str | None, Field(description="The turn, where you know it.")] = None,
        note: Annotated[str | None, Field(description="Why you think so.")] = None,
        by: Annotated[str | None, Field(description="Who proposes: your model's name.")] = None,
    ) -> dict[str, Any]:
        """Propose a relation to a human reader; only what is said, no hypotheses.

        The quote is looked for in the transcript first; one that is not there, or is the interviewer's, is
        refused with the reason. What is not refused waits in a file; the graph is never changed.
        """
        fields = {
            "kind": kind,
            "start": start,
            "end": end,
            "quote": quote,
            "interview": interview,
            "turn": turn,
            "note": note,
            "by": by,
        }
        with looks.graph() as graph:
            return {"notice": NOTICE, **propose(graph, fields, relations, language)}

    @server.resource("kb://schema", mime_type="application/json")
    def schema_resource() -> str:
        """Labels and relationship types of the graph."""
        return json.dumps(graph_schema(), ensure_ascii=False, indent=1)

    @tool()
    def schema() -> dict[str, Any]:
        """Tell the labels and relationship types of the graph, with their properties."""
        return graph_schema()

    return server


def over_http(server: MCPServer[Any], port: int) -> Any:
    """The server as a web application for the loopback address; other hosts' names and origins are refused.

    Args:
        server: From `build`.
        port: That it will be asked on.
    """
    hosts = [f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")]
    security = TransportSecuritySettings(
        allowed_hosts=hosts, allowed_origins=[f"http://{host}" for host in hosts]
    )
    return server.streamable_http_app(transport_security=security, stateless_http=True, json_response=True)


def _plainly(function: Callable[_P, dict[str, Any]]) -> Callable[_P, dict[str, Any]]:
    """What kb says no to reaches the agent as one sentence."""

    @wraps(function)
    def called(*args: _P.args, **named: _P.kwargs) -> dict[str, Any]:
        try:
            return function(*args, **named)
        except KbError as error:
            raise ToolError(str(error)) from error

    return called
