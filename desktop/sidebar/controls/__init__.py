"""Hand-made controls, one a file; `kinds.py` says which one shows which setting.

A control knows its setting's spec and its own value, and nothing of the document.
"""
