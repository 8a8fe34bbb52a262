"""Zips as others read them."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from exporter.zipping import zipped

names = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="/\\:"),
    min_size=1,
    max_size=20,
)


@given(st.dictionaries(names, st.binary(max_size=300), max_size=6))
def test_another_reader_finds_the_same_files(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(files))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(files)
        assert {name: archive.read(name) for name in files} == files
        assert {one.external_attr >> 16 for one in archive.infolist()} <= {0o100644}
    assert zipped(files) == zipped(dict(reversed(files.items())))
