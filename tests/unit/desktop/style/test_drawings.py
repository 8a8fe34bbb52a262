"""Our look-up gives what Python's own reader of archives gives."""

from pathlib import Path
from zipfile import ZipFile

import lucide
import pytest

from desktop.style.drawings import drawing

ARCHIVE = ZipFile(Path(lucide.__file__).parent / "lucide.zip")


def test_every_drawing_is_the_archive_s_own() -> None:
    for name in ARCHIVE.namelist():
        assert drawing(name.removesuffix(".svg")) == ARCHIVE.read(name)


@pytest.mark.parametrize("name", ["", "x-", "no-such-icon", "rrow-up", "a/b", "ü"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        drawing(name)
