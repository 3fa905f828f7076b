"""Statistics of a corpus of coded interviews: plain functions on plain values, without a database."""
