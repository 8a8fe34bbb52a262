"""Conversations in the server's database, a file a noun, and `kept` over them.

Below it stands `server.store`, whose tables, keys and threads it uses.
"""
