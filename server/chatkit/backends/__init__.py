"""What answers, one adapter a file: `make(brain, client)` in the file of its kind.

`backend` says what an adapter is; a new one is a new file here, found by its name.
"""
