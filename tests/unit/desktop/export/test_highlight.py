"""Colours of code: the right stretches, in Qt's units, whatever stands there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from desktop.export.highlight import Highlighter, spans
from desktop.style.appearance import color

LANGUAGES = (
    *("html", "jsx", "typescript", "javascript", "astro", "svelte", "vue", "css"),
    *("php", "python", "bash", "svg", "text"),
)


def _piece(code: str, start: int, end: int) -> str:
    return code.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_reads_the_parts_of_a_tag() -> None:
    code = '<script src="a.js" async></script>'
    found = {_piece(code, s.start, s.end): s.role for s in spans(code, "html")}
    assert found["script"] == "accent_text"
    assert found['"a.js"'] == "success_text"


def test_counts_as_qt_does_where_letters_are_wide() -> None:
    code = '<!-- 🙂🙂 --><a href="🙂"></a>'
    found = [_piece(code, s.start, s.end) for s in spans(code, "html")]
    assert found[0] == "<!-- 🙂🙂 -->"
    assert '"🙂"' in found


def test_a_piece_of_php_is_read_as_php_with_and_without_its_tag() -> None:
    for code in ("<?php\n$a = 'x';\n", "add_action('wp_footer', 'x');\n"):
        found = {_piece(code, s.start, s.end): s.role for s in spans(code, "php")}
        assert found.get("'x'") == "success_text" or found.get("x") == "success_text"


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None)  # the first reading imports the language
@given(code=st.text(max_size=200))
def test_stretches_are_in_order_and_inside_whatever_is_read(
    language: str, code: str
) -> None:
    length = len(code.encode("utf-16-le", "surrogatepass")) // 2
    last = 0
    for span in spans(code, language):
        assert last <= span.start < span.end <= length
        last = span.end


def test_colours_a_stretch_over_several_lines(qapp: object) -> None:
    document = QTextDocument()
    highlighter = Highlighter(document)
    code = "x = 1\n/* one\ntwo */ y\n"
    highlighter.read(code, "javascript")
    document.setPlainText(code)
    highlighter.rehighlight()
    block = document.findBlockByNumber(2)
    first = block.layout().formats()[0]
    assert (first.start, first.length) == (0, len("two */"))
    assert first.format.foreground().color().name() == color("text_muted").name()
