"""The tests: `unit` mirrors the tree, `contract` runs over every provider,
`gui` drives the desktop offscreen, `end2end` starts processes of its own.
"""
