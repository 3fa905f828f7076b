"""Figures: a subgraph laid out and drawn as one scene, and the scene written as SVG, PDF, PNG or TikZ.

`draw` makes the `scene.Scene`; the writers (`svg`, `pdf`, `png`, `tikz`) put it down, so that shapes,
letters and colours are the same in all of them. `kb.export` chooses the writer by a file's ending.
"""
