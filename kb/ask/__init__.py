"""Asking the graph: a ``.cypher`` file becomes a `query.Query`, the user's words become its parameters.

`answer.ask` runs one, `names.concept_names` tells which concepts a user means, and `study.read_study`
reads the coded interviews back as records.
"""
