"""The supplementary report of a study: what a paper's appendix wants, as one document in several formats.

The content is read once (`kb.appendix.content`) as blocks (`kb.appendix.blocks`), which each format puts
down. What must not leave the house is taken out of them before any format sees them.
"""
