"""The gallery of all widgets: search, folders, trash, and where the first one starts.

Shows what `desktop.store.repository` answers and tells, by signals, what a person
wants opened or made; it opens nothing itself.
"""
