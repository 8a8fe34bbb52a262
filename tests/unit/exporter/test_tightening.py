"""What says the same in fewer signs, and what has to stay."""

from __future__ import annotations

import pytest

from exporter.tightening import tightened


@pytest.mark.parametrize(
    ("source", "small"),
    [
        ("f(a, { b, }, [c,],)", "f(a,{b},[c])"),
        ("[,] + [a,,]", "[,]+[a,,]"),
        ("(a) => (b, c) => () => a", "a=>(b,c)=>()=>a"),
        ("async (a) => a", "async a=>a"),
        ("({ a }) => a", "({a})=>a"),
        ("const a = 1; const b = 2; let c; d()", "let a=1,b=2,c;d()"),
        ("const a = 1; d(); const b = 2;", "let a=1;d();let b=2;"),
        ("const a = () => { const b = 1; }; const c = 2;", "let a=()=>{let b=1},c=2;"),
        ("for (const a of b) c()", "for(let a of b)c()"),
        (
            "for (let a = 0; a < 1;) { const b = 1; let c; }",
            "for(let a=0;a<1;){let b=1,c}",
        ),
        ("if (a)\nb();\nelse\nc()", "if(a)b();else\nc()"),
        ("f()\ng()", "f()\ng()"),
        ("a = 1\nb = 2", "a=1\nb=2"),
        ("return\na", "return\na"),
        ("a++\nb", "a++\nb"),
        ("const a = function () {}\nb()", "let a=function(){}\nb()"),
        ("function a() {}\nb()", "function a(){}b()"),
        ("class A { b() {}\nc() {} }\nd()", "class A{b(){}c(){}}\nd()"),
        ("a + +b - -c / /d/", "a+ +b- -c/ /d/"),
        ("x.let = { const: 1, let: 2 }", "x.let={const:1,let:2}"),
        ("a = `  ${ b }  `", "a=`  ${ b }  `"),
        ("return 'a'; return a", "return'a';return a"),
        ("function a() { b(); }; c()", "function a(){b()}c()"),
        ("let a = () => { b(); }; c()", "let a=()=>{b()};c()"),
        ("if (a) { b() }; c()", "if(a){b()}c()"),
        ("() => { while (a); }", "()=>{while(a);}"),
        ("() => { for (;;); }", "()=>{for(;;);}"),
        ("() => { if (a) b(); else; }", "()=>{if(a)b();else;}"),
        ("return true; return undefined", "return!0;return void 0"),
        ("a ? true : false", "a?!0:!1"),
        ("x.true = { true: true, undefined }", "x.true={true:!0,undefined}"),
        ("f(undefined, true)", "f(void 0,!0)"),
        ("[true in a, typeof true]", "[!0 in a,typeof!0]"),
    ],
)
def test_says_the_same(source: str, small: str) -> None:
    assert tightened(source) == small
    assert tightened(small) == small
