"""Relations that a language model or another coder proposes: read, verified, and kept for a reader to judge.

What cannot be trusted in a proposal is its quote. Nothing here enters the graph by itself: proposals wait in
a queue file beside the relations files (`kb.propose.queue`) until a reader decides.
"""
