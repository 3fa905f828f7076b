"""Neo4j Browser and Bloom: a link that opens a query there, and a pack of what they can import.

`kb.browser.link` builds the deep link; `kb.browser.pack` writes the style, the favourites, the
guide and the perspective, each made in a module of its own. The colours are those of the figures.
"""
