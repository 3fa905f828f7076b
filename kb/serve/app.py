"""The web application: pages, their files, and what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

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
    '<link rel="stylesheet" href="/static/ask.css">',
    '<link rel="modulepreload" href="/static/base.js">',
    '<link rel="modulepreload" href="/static/ask.js">',
)
# What each page has in its head besides what all have.
_EXPLORE = (
    # Cytoscape.js would add a style of its own, which the page's policy forbids, unless something has this
    # id; its rule is in the file.
    '<link rel="stylesheet" href="/static/explore.css" id="__________cytoscape_stylesheet">',
    '<link rel="modulepreload" href="/static/vendor/cytoscape.esm.min.js">',
    '<script type="module" src="/static/explore.js"></script>',
)
_REVIEW = (
    *_ASK,
    '<link rel="stylesheet" href="/static/review.css">',
    '<script type="module" src="/static/review.js"></script>',
)
_TRANSCRIPT = (
    *_ASK,
    '<link rel="stylesheet" href="/static/transcript.css">',
    # What the page asks for first is fetched beside its script.
    '<link rel="preload" as="fetch" crossorigin href="/api{{path}}">',
    '<script type="module" src="/static/transcript.js"></script>',
)


def build(served: Served) -> Starlette:
    """The application that serves a graph.

    Args:
        served: The graph and what goes with it; also as ``request.app.state.served``.
    """
    app = Starlette(
        routes=[
            Route("/", _page("Explore", _EXPLORE)),
            Route("/transcript/{interview:path}", _page("One interview, whole", _TRANSCRIPT)),
            Route("/review", _page("Candidates, one at a time", _REVIEW)),
            *explore.ROUTES,
            *transcript.ROUTES,
            *review.ROUTES,
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        middleware=[Middleware(Guard, served=served)],
        exception_handlers={KbError: told, 404: not_found},
    )
    app.state.served = served
    return app


def _page(title: str, head: Sequence[str]) -> Callable[[Request], Response]:
    """A page with the token in it that this server's own pages write with."""
    template = (_STATIC / "page.html").read_text("utf-8")
    whole = template.replace("{{title}}", title).replace("{{head}}", "\n".join(head))

    def page(request: Request) -> Response:
        path = escape(quote(request.scope["path"]), quote=True)
        return HTMLResponse(
            whole.replace("{{write}}", request.app.state.served.write).replace("{{path}}", path)
        )

    return page
