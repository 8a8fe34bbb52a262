"""Which schema this Vitrine writes; apart from the tables, which import SQLAlchemy."""

SCHEMA = 2
"""The newest migration's number, kept as SQLite's `user_version`."""
