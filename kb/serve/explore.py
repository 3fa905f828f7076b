"""What the page ``explore`` asks for: the map, cards, passages, names, figures."""

from __future__ import annotations

import json
import mimetypes
from typing import Any
from urllib.parse import quote

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kb.ask.lists import listed
from kb.ask.query import find_query
from kb.errors import UsageError
from kb.serve import explore_map, explore_quotes
from kb.serve.explore_figure import ENDINGS, Wanted, checked, command, drawn
from kb.serve.served import Served
from kb.text.nearest import nearest

_COMPLETED = 20  # names that are offered at once


def _served(request: Request) -> Served:
    served: Served = request.app.state.served
    return served


def _params(name: str, given: QueryParams) -> dict[str, Any]:
    """The parameters of a canned query in an address, with the types that its header says."""
    found: dict[str, Any] = {}
    for key, param in find_query(name).params.items():
        text = given.get(key)
        if text is None or text == "":
            continue
        if param.type == "int":
            if not text.isascii() or not text.isdecimal():
                raise UsageError(f"{key} is a whole number, not {text!r}.")
            found[key] = int(text[:12])
        else:
            found[key] = text in ("1", "true", "yes") if param.type == "bool" else text
    return found


def choices(request: Request) -> Response:
    """What can be filtered by, and what comes next where there is nothing to see."""
    served = _served(request)
    with served.lock:
        return JSONResponse(explore_map.choices(served.graph) | {"endings": ENDINGS})


def the_map(request: Request) -> Response:
    """The map as asked for, with places."""
    served, given = _served(request), request.query_params
    asked = _params(explore_map.MAP, given)
    asked.pop("top", None)
    with served.lock:
        return JSONResponse(
            explore_map.read_map(served.graph, asked, given.getlist("where"), given.getlist("around"))
        )


def whole(request: Request) -> Response:
    """Which links one person told whole."""
    served = _served(request)
    with served.lock:
        return JSONResponse(
            {"whole": explore_map.told_whole(served.graph, request.query_params.getlist("where"))}
        )


def people(request: Request) -> Response:
    """Whose words count under conditions on participants' attributes."""
    served = _served(request)
    with served.lock:
        return JSONResponse(explore_map.whose(served.graph, request.query_params.getlist("where")))


def names(request: Request) -> Response:
    """Names for what is typed: those that begin so, then those with its words inside, else similar ones."""
    served, typed = _served(request), request.query_params.get("q", "").strip().casefold()
    with served.lock:
        known = listed(served.graph.store, "code")
    words = typed.split()
    found = [name for name in known if name.casefold().startswith(typed)]
    found += [name for name in known if all(word in name.casefold() for word in words)]
    found = list(dict.fromkeys(found))
    if not found and typed:
        found = nearest(typed, known, _COMPLETED)
    return JSONResponse({"names": found[:_COMPLETED], "more": max(0, len(found) - _COMPLETED)})


def card(request: Request) -> Response:
    """All about one issue."""
    served, given = _served(request), request.query_params
    with served.lock:
        return JSONResponse(explore_quotes.card(served.graph, given.get("issue", ""), given.getlist("where")))


def quotes(request: Request) -> Response:
    """The passages of a code, or of links: ``of`` and ``and`` name the ends of each in turn."""
    served, given = _served(request), request.query_params
    interview, where = given.get("interview") or None, given.getlist("where")
    pairs = list(zip(given.getlist("of"), given.getlist("and"), strict=False))
    with served.lock:
        if pairs:
            found = explore_quotes.of_links(served.graph, pairs, given.get("relation", ""), interview, where)
        else:
            found = explore_quotes.of_code(served.graph, given.get("code", ""), interview, where)
    return JSONResponse(found)


def _wanted(given: QueryParams) -> Wanted:
    query = given.get("query", explore_map.MAP)
    checked(Wanted(query, {}))
    return checked(
        Wanted(
            query,
            _params(query, given),
            tuple(given.getlist("where")),
            given.get("ending", ".svg"),
            given.get("column", "two"),
            given.get("theme", "light"),
            given.get("quotes") != "0",
            given.get("pseudonyms") == "1",
        )
    )


def figure(request: Request) -> Response:
    """The figure as a file; what its reader should know is in the header ``X-KB-Notes``, a list in JSON."""
    served, wanted = _served(request), _wanted(request.query_params)
    with served.lock:
        content, told = drawn(served.graph, wanted)
    return Response(
        content,
        media_type=mimetypes.guess_type(wanted.file)[0] or "application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{quote(wanted.file)}"',
            "X-KB-Notes": json.dumps(told),
        },
    )


def figure_command(request: Request) -> Response:
    """The command that writes the same file."""
    wanted = _wanted(request.query_params)
    return JSONResponse({"command": command(wanted, _served(request).where), "file": wanted.file})


ROUTES: list[Route] = [
    Route("/api/explore/choices", choices),
    Route("/api/explore/map", the_map),
    Route("/api/explore/whole", whole),
    Route("/api/explore/people", people),
    Route("/api/explore/names", names),
    Route("/api/explore/card", card),
    Route("/api/explore/quotes", quotes),
    Route("/api/explore/figure", figure),
    Route("/api/explore/command", figure_command),
]
