"""The local page: explore the graph, read transcripts, judge candidate relations in a web browser.

`kb.serve.app.build` makes the web application of a `kb.serve.served.Served`; ``kb serve`` runs it.
"""
