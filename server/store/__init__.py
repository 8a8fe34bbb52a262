"""What the hosted server remembers: licences, widgets, versions, secrets, numbers.

Plain functions over a SQLAlchemy session, on SQLite or PostgreSQL; `access` runs them
in threads, so that no event loop waits. Above stand `server.shelf`, `server.owner`
and `server.cli`; below it nothing of the server but its errors.
"""
