"""The Qt-free core: values in, files out.

A widget and its settings (`contract`), the providers that know what to make of
them, and the snippets, packages and audits made from them. Pure: the same widget
gives the same bytes. Above it stands `server`; below it only `resources`.
"""
