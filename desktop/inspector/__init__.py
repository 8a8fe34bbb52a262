"""The panel on the right: the code to paste, what to look at, the live session.

Each panel is given the document and reads facts from it; none changes a widget but
through `Document.set`.
"""
