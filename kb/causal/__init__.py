"""Searching the causal graph: chains, loops, beginnings and reach, over links held in memory.

A database walks every path up to a length before it looks at who told its links, and in a study of
two hundred interviews there are thousands of millions of them. The causal graph itself is small (its
links, not its turns), so it is read once and searched here, by plain functions on plain values that
know no database. What they find, `kb.ask.steps` hands to a canned query as a parameter; the query
fetches the rest and decides what the rows say.
"""
