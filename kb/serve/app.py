"""The web application: pages, their files, and what they ask for."""

from __future__ import annotations

from collections.abc import Callable
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


def build(served: Served) -> Starlette:
    """The application that serves a graph.

    Args:
        served: The graph and what goes with it; also as ``request.app.state.served``.
    """
    app = Starlette(
        routes=[
            Route("/", _page("explore.html")),
            Route("/transcript/{interview:path}", _page("transcript.html")),
            Route("/review", _page("review.html")),
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


def _page(name: str) -> Callable[[Request], Response]:
    """A page with the token in it that this server's own pages write with."""

    def page(request: Request) -> Response:
        text = (_STATIC / name).read_text("utf-8")
        # What a page asks for first is fetched beside its script.
        path = escape(quote(request.scope["path"]), quote=True)
        return HTMLResponse(
            text.replace("{{write}}", request.app.state.served.write).replace("{{path}}", path)
        )

    return page
