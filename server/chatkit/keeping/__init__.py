"""Conversations in the server's database: rows (`conversations`, `files`), and `kept`.

Below it stands `server.store`, whose tables, keys and threads it uses.
"""
