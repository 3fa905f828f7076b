"""Reviewing: a reader judges candidate relations one by one, and the accepted ones become relations.

The logic is here, without any terminal or page in it: `kb.review.over_graph.open_review` gives a
`kb.review.review.Review`, whose `current` candidate a reader edits (turn round, change an end, cut the
quote, …) and then accepts, refuses or skips. A decision is in the relations file when the call returns; the
graph follows when the review is left (`kb.review.over_graph.follow`).
"""
