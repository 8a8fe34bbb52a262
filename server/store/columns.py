"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Text, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime, kept as whole microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """To microseconds; the arithmetic is exact, `timestamp()` is not."""
        if value is None:
            return None
        return (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: Any, dialect: Any) -> datetime | None:
        """From microseconds."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class of_config(ColumnElement[str]):
    """A text of the row's own config, for columns that the database generates."""

    inherit_cache = False
    type = Text()

    def __init__(self, name: str) -> None:
        self.name = name


@compiles(of_config, "sqlite")
def _sqlite(element: of_config, compiler: Any, **options: Any) -> str:
    return f"json_extract(config, '$.{element.name}')"


@compiles(of_config, "postgresql")
def _postgresql(element: of_config, compiler: Any, **options: Any) -> str:
    return f"((config)::json ->> '{element.name}')"
