"""The web application: pages, their files, and what they ask for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kb.errors import KbError
from kb.serve import explore, review, transcript
from kb.serve.guard import Guard, not_found, told
from kb.serve.served import Served

_STATIC = Path(__file__).resolve().parent / "static"
_ASK = (
    '<link rel="stylesheet" href="{{static}}/ask.css">',
    '<link rel="modulepreload" href="{{static}}/base.js">',
    '<link rel="modulepreload" href="{{static}}/ask.js">',
)
# What each page has in its head besides what all have.
_EXPLORE = (
    # Cytoscape.js would add a style of its own, which the page's policy forbids, unless something has this
    # id; its rule is in the file.
    '<link rel="stylesheet" href="{{static}}/explore.css" id="__________cytoscape_stylesheet">',
    '<link rel="modulepreload" href="{{static}}/vendor/cytoscape.esm.min.js">',
    '<script type="module" src="{{static}}/explore.js"></script>',
)
_REVIEW = (
    *_ASK,
    '<link rel="stylesheet" href="{{static}}/review.css">',
    '<script type="module" src="{{static}}/review.js"></script>',
)
_TRANSCRIPT = (
    *_ASK,
    '<link rel="stylesheet" href="{{static}}/transcript.css">',
    '<script type="module" src="{{static}}/transcript.js"></script>',
)


def build(served: Served) -> Starlette:
    """The application that serves a graph.

    Args:
        served: The graph and what goes with it; also as ``request.app.state.served``.
    """
    # A browser keeps these files: other contents have another address.
    static = f"/static/{_version()}"
    app = Starlette(
        routes=[
            Route("/", _page("Explore", static, _EXPLORE)),
            Route(
                "/transcript/{interview:path}",
                _page("One interview, whole", static, _TRANSCRIPT, transcript.first),
            ),
            Route("/review", _page("Candidates, one at a time", static, _REVIEW)),
            *explore.ROUTES,
            *transcript.ROUTES,
            *review.ROUTES,
            Mount(static, StaticFiles(directory=_STATIC)),
        ],
        middleware=[Middleware(Guard, served=served)],
        exception_handlers={KbError: told, 404: not_found},
    )
    app.state.served = served
    return app


def _version() -> str:
    """A digest of the pages' files."""
    digest = hashlib.sha256()
    for file in sorted(each for each in _STATIC.rglob("*") if each.is_file()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _page(
    title: str, static: str, head: Sequence[str], first: Callable[[Request], str | None] | None = None
) -> Callable[[Request], Response]:
    """A page with the token in it that this server's own pages write with.

    Args:
        title: Its title.
        static: Where its files are.
        head: What stands in its head besides what all pages have.
        first: Gives the JSON that the page asks for first, to be sent within it; None for what cannot be had.
    """
    template = (_STATIC / "page.html").read_text("utf-8").replace("{{head}}", "\n".join(head))
    before, after = template.replace("{{title}}", title).replace("{{static}}", static).split("{{data}}")

    def page(request: Request) -> Response:
        written = before.replace("{{write}}", request.app.state.served.write)
        data = first(request) if first else None
        if data is None:
            return HTMLResponse(written + after, 404 if first else 200)
        # Without `<` nothing in an interview ends the element; a block of data is never run.
        safe = data.replace("<", "\\u003c")
        return HTMLResponse(f'{written}<script type="application/json" id="first">{safe}</script>\n{after}')

    return page
