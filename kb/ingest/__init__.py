"""Detect, read, put together, write: how sources become the graph."""
