"""The Python face: `kb.open` gives a `Graph` to load, ask, draw and measure; see docs/python.md."""
