"""kb: a graph knowledge base of issues, their causes and their fixes, from coded interviews."""

__version__ = "0.1.0"
