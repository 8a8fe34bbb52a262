"""The library on disk: SQLite through SQLAlchemy, its backups, and the keychain.

`Store` opens it in the background; `Library` asks and changes; `Autosave` follows a
document; `Vault` keeps secrets outside of it. Above it stand `desktop.library` and
the window; below it only `exporter` and `desktop.errors`.
"""
