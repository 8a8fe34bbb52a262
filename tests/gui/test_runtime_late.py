"""What comes late: not before it is wanted, and again where it could not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.gui.test_runtime_talk import Desk, hello
from tests.standins.n8n import N8nStandIn, Workflow, event, says, streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOADED = """
const loaded = () => performance.getEntriesByType("resource")
  .map(({ name }) => name.split("/").at(-1)).filter((name) => name.endsWith(".js"));
"""
COUNT = "globalThis.heard = []; widget.on('error', ({ code }) => heard.push(code));"


@pytest.fixture
def desk(qapp: object, tmp_path: Path) -> Iterator[Desk]:
    with N8nStandIn() as server:
        desk = Desk(tmp_path, server)
        yield desk
        assert desk.page
        uncaught = [one for one in desk.page.page.complaints if "Uncaught" in one]
        desk.page.close()
        assert uncaught == []


class Missing:
    """A bundle that the site does not give away for a while."""

    def __init__(self, folder: Path, name: str) -> None:
        (self._there,) = folder.glob(f"runtime/*/{name}.js")
        self._away = self._there.with_suffix(".away")

    def __enter__(self) -> None:
        self._there.rename(self._away)

    def __exit__(self, *_: object) -> None:
        self._away.rename(self._there)


def test_an_answer_s_parts_come_while_the_question_is_written(desk: Desk) -> None:
    desk.open(hello())
    script = LOADED + "return loaded()"
    assert set(desk.run(script)) == {"w.js", "chat.js"}
    desk.run("type('h'); type('he'); await until(() => true)")
    desk.run(f"{LOADED} await until(() => loaded().includes('n8n.js'))")
    assert desk.n8n.messages() == []
    assert set(desk.run(script)) == {"w.js", "chat.js", "n8n.js"}
    desk.run("press('Enter'); await replied(1)")
    assert desk.run("return $('.vt-md strong').textContent") == "you"
    assert set(desk.run(script)) == {"w.js", "chat.js", "n8n.js", "reading.js"}


def test_a_plain_answer_needs_no_markdown(desk: Desk) -> None:
    desk.open(hello("Yes, we do: every day from 9 to 5 - even on Sundays."))
    desk.run("type('open?'); press('Enter'); await replied(1)")
    assert desk.run("return replies()[0].innerText").startswith("Yes, we do: every day")
    assert set(desk.run(LOADED + "return loaded()")) == {"w.js", "chat.js", "n8n.js"}


def test_without_markdown_words_are_plain_until_it_comes(desk: Desk) -> None:
    desk.open(hello("Hello **you**\n\nand <b>me</b>"))
    with Missing(desk.folder, "reading"):
        words = desk.run(
            COUNT
            + "type('one'); press('Enter'); await replied(1);"
            + "return replies()[0].innerText"
        )
        assert words == "Hello **you**\n\nand <b>me</b>"
        assert desk.run("return heard")[:1] == ["runtime_unreachable"]
        assert desk.run("return getComputedStyle(replies()[0]).whiteSpaceCollapse") in (
            "preserve",
        )
    found = desk.run(
        """
        type("two"); press("Enter"); await replied(2);
        const read = (one) => one.querySelector("strong") && /<b>/.test(one.innerText);
        await until(() => replies().every(read), "Markdown in both");
        return replies().map((one) => one.innerText);
        """
    )
    assert found == ["Hello you\n\nand <b>me</b>"] * 2


def test_without_what_is_rare_words_are_read_as_they_can_be(desk: Desk) -> None:
    desk.open(hello("Hello **you**\n\n| a | b |\n|---|---|\n| 1 | 2 |"))
    with Missing(desk.folder, "markdown_rare"):
        words = desk.run(
            COUNT
            + "type('one'); press('Enter'); await replied(1);"
            + "await until(() => replies()[0].innerText.includes('| 1'));"
            + "return replies()[0].innerText"
        )
        assert words.startswith("Hello you\n\n| a | b |")
        assert desk.run("return heard") == ["runtime_unreachable"]
    cells = desk.run(
        """
        type("two"); press("Enter"); await replied(2);
        await until(() => $$("td").length === 4, "tables in both");
        return [$$("td").map((one) => one.textContent), $$(".vt-md strong").length];
        """
    )
    assert cells == [["1", "2", "1", "2"], 2]


def test_a_reply_that_waits_for_what_is_rare_is_told_once_it_is_whole(
    desk: Desk,
) -> None:
    desk.open(hello("- [x] done\n- [ ] open"))
    told = desk.run(
        """
        const voice = $("[role=status]"), said = [];
        new MutationObserver(() => said.push(voice.textContent))
          .observe(voice, { childList: true, characterData: true, subtree: true });
        type("one"); press("Enter"); await replied(1);
        await until(() => $$("input").length === 2);
        await until(() => said.some((one) => /done/.test(one)));
        return said;
        """
    )
    assert [one for one in told if "[" in one] == []


STREAM = [
    event("begin"),
    *(event("item", piece) for piece in ("Hel", "lo **y", "ou*", "*")),
    event("end"),
]


@pytest.mark.parametrize(
    "answer", [says({"output": "Hello **you**"}), streams(*STREAM)]
)
def test_words_wait_unseen_while_markdown_is_on_its_way(
    desk: Desk, answer: Callable[..., None]
) -> None:
    """Nobody sees `**you**` for a moment: the dots go on."""
    desk.open(Workflow(answer))
    seen = desk.run(
        """
        const met = new Set();
        let going = true;
        const watch = () => {
          for (const one of $$(".vt-row:not(.vt-mine) .vt-text"))
            if (one.checkVisibility()) met.add(one.textContent);
          if (going) requestAnimationFrame(watch);
        };
        watch();
        await widget.send("now");
        await replied(1);
        watch();
        going = false;
        return [...met];
        """
    )
    assert "Hello you" in seen
    assert [words for words in seen if "*" in words] == []


def test_a_refusal_is_said_even_where_its_reasons_can_not_be_read(desk: Desk) -> None:
    workflow = Workflow(says({"message": "no"}, status=403))
    desk.open(workflow)
    with Missing(desk.folder, "n8n_refusals"):
        said = desk.run(
            COUNT
            + """
            type("one"); press("Enter");
            await until(() => $(".vt-row[data-state=error]"), "a sentence");
            return [$(".vt-row[data-state=error] .vt-text").innerText, heard];
            """
        )
    assert said == ["Something went wrong on our side. Please try again.", ["server"]]
    desk.run("$('.vt-actions .vt-chip').click(); await until(() => heard.length === 2)")
    assert desk.run("return heard") == ["server", "denied"]


@pytest.mark.parametrize(
    ("part", "workflow", "sent"),
    [
        ("n8n", hello(), ["one"]),
        ("n8n_stream", Workflow(streams(*STREAM)), ["one"] * 2),
    ],
    ids=["n8n", "n8n_stream"],
)
def test_what_is_missing_is_said_and_comes_at_the_next_try(
    desk: Desk, part: str, workflow: Workflow, sent: list[str]
) -> None:
    desk.open(workflow)
    with Missing(desk.folder, part):
        said = desk.run(
            """
            type("one"); press("Enter");
            await until(() => $(".vt-row[data-state=error]"), "a sentence");
            return $(".vt-row[data-state=error] .vt-text").innerText;
            """
        )
    assert said == "The connection broke off. Please try again."
    assert desk.run("return $('.vt-mine .vt-text').innerText") == "one"
    desk.run("$('.vt-actions .vt-chip').click(); await until(() => $('.vt-md strong'))")
    assert desk.run("return $('.vt-md strong').textContent") == "you"
    assert [one.fields["chatInput"] for one in desk.n8n.messages()] == sent
