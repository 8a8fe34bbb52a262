"""A real library in a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.database import Database
from desktop.store.folder import DataFolder
from desktop.store.migrating import migrate
from desktop.store.repository import Library
from tests.libraries import Clock


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(folder: DataFolder, clock: Clock) -> Iterator[Library]:
    database = Database(folder.database)
    migrate(database)
    yield Library(database, clock)
    database.close()
