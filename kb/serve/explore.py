"""What the page ``explore`` asks for."""

from __future__ import annotations

from starlette.routing import Route

ROUTES: list[Route] = []
