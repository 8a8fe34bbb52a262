"""Short names mean the same in a real engine, and none is one of the page's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporter.bundle import runtime_bundles
from exporter.renaming import WORDS, renamed
from exporter.tightening import tightened
from exporter.variables import read_variables
from tests.gui.runtime_page import RuntimePage

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = [
    "const total = 1; function result() { const total = 2; return total + outer() }"
    " function outer() { return total }",
    "const part = { first: 1, second: { third: 2 } };"
    " const result = ({ first, second: { third: last } } = part) => [first, last];",
    "const make = (first, second) => ({ first, second, both: first + second,"
    " sum() { return first }, get half() { return second / 2 }, [first]: second });"
    " const result = () => { const { half, sum, ...others } = make(4, 6);"
    " return [half, sum(), others] };",
    "class Animal { constructor(name) { this.label = name } get title() {"
    " return this.label } static of(label) { return new Animal(label) }"
    " async later() {} *each() { yield this.label } }"
    " class Dog extends Animal { speak(times) { return this.title.repeat(times) } }"
    " const result = () => [new Dog('a').speak(3), ...Animal.of('x').each()];",
    "const result = (value = 3, { other = value + 1, list: [head = other] = [] } = {})"
    " => { let sum = 0; for (const one of [value, other, head]) sum += one;"
    " for (const key in { alpha: 1 }) sum += key.length; return sum }",
    "const result = () => { const inner = 2; return `${[1, 2].map((each) =>"
    " `${each * inner}:${((inner) => inner)('in')}`)} inner` }",
    "const result = () => { try { throw { message: 'm' } } catch ({ message: text }) {"
    " return text } finally { const text = 1 } }",
    "const result = () => { const yes = true, no = false; return yes ? no ? 1 : yes"
    " : no }",
    "const result = () => { const find = (/[a-z]/g); const length = 4, kept = 5;"
    " return ['abc'.replace(find, ''), length + kept, typeof document, typeof name] }",
    "function result() { return arguments.length + hoisted(2) }"
    " function hoisted(number) { return number }",
    "const e = 5; const n = 6; const result = (first, second = e) =>"
    " ((third) => [first, second, third, e, n])(first);",
    "const result = async () =>"
    " { for await (const item of [1]) await item; return 1 };",
    "const name = 1, open = (close) => { const event = close + name; return event };"
    " const result = () => [open(2), typeof window.name];",
    "const result = () => { const [one, , two] = [1, 2, 3,]; const three = [, one,];"
    " let four; let five = two; if (one) four = -(-five)\n else four = 1\n"
    " for (const six of three) four += six ?? 0; return [four, +(+five), three.length,"
    " (async (seven) => seven)(1) instanceof Promise] }",
    "const pick = (yes) => yes ? (one) => one : (one) => one + 1;"
    " class Pair { one() { return 1 }\n two() { return 2 }\n }\n"
    " function inner() { return [3] }\n"
    " const result = () => [pick(true)(1), pick(false)(1),"
    " new Pair().two(), ...inner()]",
    "const makers = { async: 1, get: 2, set: 3, of: 4 };"
    " const result = () => { const { async, get, of: from } = makers;"
    " return [async, get, from] }",
]


@pytest.fixture(scope="module")
def page(qapp: object) -> Iterator[RuntimePage]:
    page = RuntimePage()
    page.open()
    yield page
    page.close()


@pytest.mark.parametrize("source", SOURCES)
def test_means_the_same(page: RuntimePage, source: str) -> None:
    answer = "; return JSON.stringify(await result())"
    small = renamed(source, frozenset({"result"}))
    assert small != source
    said = page.run(source + answer)
    assert page.run(small + answer) == said
    assert page.run(tightened(source) + answer) == said
    assert page.run(tightened(small) + answer) == said
    assert said


def test_what_is_declared_nowhere_is_the_page_s_own(page: RuntimePage) -> None:
    """A name that a scope was missed for would stand in a bundle undeclared."""
    bundles = runtime_bundles()
    undeclared: set[str] = set()
    for code in (f"({bundles.loader})", *map(bytes.decode, bundles.files.values())):
        body = code.partition("export{")[0]
        found = read_variables(body)
        undeclared |= {
            use.name for use in found.uses if use.scope.find(use.name) is None
        }
    assert {"document", "URL", "fetch"} < undeclared
    foreign = page.run(
        "return names.filter((name) => !(name in window))", names=[*undeclared]
    )
    assert set(foreign) <= WORDS | {"arguments", "get", "async", "of"}
