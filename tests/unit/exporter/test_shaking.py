"""What nothing asks for is left out, and nothing else."""

from __future__ import annotations

import pytest

from exporter.shaking import shaken


@pytest.mark.parametrize(
    ("source", "small"),
    [
        ("function a() {} function b() {} b();", " function b() {} b();"),
        ("function a() { b() } function b() {} c();", "  c();"),
        ("function a() { a() } c();", " c();"),
        ("class A {} class B extends A {} new B();",) * 2,
        ("class A {} const a = 1;", " const a = 1;"),
        ("async function a() {} function* b() {} ;", "  ;"),
        ("function kept() { helps() } function helps() {}",) * 2,
        ("function a() {} const b = { a };",) * 2,
        (
            "function a() {} b = { a: 1, c() { x.a() } };",
            " b = { a: 1, c() { x.a() } };",
        ),
        ("function a() {} const b = `${a()}`;",) * 2,
        ("function a() {} { const a = 1; a; }", " { const a = 1; a; }"),
        ("const a = function () {}; const b = class {};",) * 2,
        ("function a(b = () => { c({}) }) {} d();", " d();"),
    ],
)
def test_leaves_out_what_nothing_asks_for(source: str, small: str) -> None:
    assert shaken(source, frozenset({"kept"})) == small
