"""How the library's tables came to be: one file a step, run by Alembic at opening.

Each step ends with its number in `PRAGMA user_version`, which a start can read
without importing Alembic (610 ms).
"""
