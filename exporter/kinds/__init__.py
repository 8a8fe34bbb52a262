"""What a widget can be handed over as, one file a kind.

Each has `make(widget, host)`, which answers a `Package` or raises InputError; the
names and their lines stand in `exporter.packages`, with what kinds share.
"""
