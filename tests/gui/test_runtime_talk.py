"""Writing, reading and changing the widget while it talks, in a page of its own."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from exporter.contract.composer import Attachments, Composer, Model, Tool
from exporter.providers.n8n.settings import (
    N8nBehavior,
    N8nConnection,
    N8nMessages,
    N8nWidget,
)
from tests.gui.widget_page import WidgetPage
from tests.standins.n8n import N8nStandIn, Workflow, event, says, streams

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEYS = """
const press = (key, more) => $(".vt-field").dispatchEvent(new KeyboardEvent("keydown",
  { key, bubbles: true, composed: true, cancelable: true, ...more }));
const type = (words) => {
  $(".vt-field").value = words;
  $(".vt-field").dispatchEvent(new Event("input", { bubbles: true }));
};
const dropFiles = (...files) => {
  const carrier = new DataTransfer();
  for (const [name, size, kind] of files)
    carrier.items.add(new File([new Uint8Array(size)], name, { type: kind ?? "" }));
  $(".vt-panel").dispatchEvent(new DragEvent("drop",
    { bubbles: true, composed: true, cancelable: true, dataTransfer: carrier }));
};
const busy = ".vt-go[data-busy], .vt-row[data-state=streaming]";
const idle = () => until(() => !$(busy), "quiet");
const replies = () => $$(".vt-row:not(.vt-mine) .vt-text")
  .filter((one) => one.innerText);
const replied = (count) =>
  until(() => replies().length >= count, "a reply").then(idle);
"""


class Desk:
    """A widget on a page, and the n8n behind it."""

    def __init__(self, folder: Path, server: N8nStandIn) -> None:
        self.folder, self.n8n = folder, server
        self.page: WidgetPage | None = None

    def open(self, workflow: Workflow, **sections: Any) -> WidgetPage:
        """Show a widget that talks to `workflow`."""
        self.n8n.add(workflow)
        connection = N8nConnection(webhook_url=workflow.url, access="direct")
        widget = N8nWidget(name="Desk", connection=connection, **sections)
        self.page = WidgetPage(self.folder, widget)
        self.page.open({"kind": "hosted"})
        self.page.run("await widget.open(); await until(() => $('.vt-field'))")
        return self.page

    def run(self, script: str, **values: Any) -> Any:
        """Run with the page's helpers and a keyboard."""
        assert self.page
        return self.page.run(KEYS + script, **values)


@pytest.fixture
def desk(qapp: object, tmp_path: Path) -> Iterator[Desk]:
    with N8nStandIn() as server:
        desk = Desk(tmp_path, server)
        yield desk
        assert desk.page
        uncaught = [one for one in desk.page.page.complaints if "Uncaught" in one]
        desk.page.close()
        assert uncaught == []
        assert server.faults == []


def hello(text: str = "Hello **you**") -> Workflow:
    return Workflow(says({"output": text}))


def test_enter_sends_and_shift_enter_and_input_methods_do_not(desk: Desk) -> None:
    desk.open(hello())
    desk.run(
        """
        type("first");
        press("Enter", { shiftKey: true });
        press("Enter", { isComposing: true });
        press("Enter", { keyCode: 229 });
        await settled();
        """
    )
    assert desk.n8n.messages() == []
    found = desk.run("press('Enter'); await replied(1); return $('.vt-field').value")
    assert found == ""
    assert [one.fields["chatInput"] for one in desk.n8n.messages()] == ["first"]
    assert desk.run("return $('.vt-md strong').textContent") == "you"


def test_blanks_alone_are_not_sent(desk: Desk) -> None:
    desk.open(hello())
    desk.run("type('  \\n '); press('Enter'); $('.vt-go').click(); await settled()")
    assert desk.n8n.messages() == []
    assert desk.run("return $('.vt-go').getAttribute('aria-disabled')") == "true"


def test_a_reply_is_announced_once_and_not_by_the_token(desk: Desk) -> None:
    pieces = [event("item", f"word{index} ") for index in range(60)]
    desk.open(Workflow(streams(event("begin"), *pieces, event("end"))))
    said = desk.run(
        """
        const said = [];
        const voice = $("[role=status]");
        new MutationObserver(() => said.push(voice.textContent))
          .observe(voice, { childList: true, characterData: true, subtree: true });
        type("go");
        press("Enter");
        await replied(1);
        await until(() => said.some((words) => words.includes("word59")), "the voice");
        return said;
        """
    )
    assert len([one for one in said if "word" in one]) == 1
    assert len(said) <= 3
    assert desk.run("return $('.vt-rows').getAttribute('aria-live')") == "off"


@pytest.mark.parametrize("seconds", [-60, 60])
def test_a_long_reply_is_announced_whatever_the_clock_says(
    desk: Desk, seconds: int
) -> None:
    hold = threading.Event()
    pieces = event("begin") + event("item", "slow "), event("item", "words")
    desk.open(Workflow(streams(*pieces, event("end"), wait=hold)))
    desk.run(
        """
        type("go"); press("Enter");
        await until(() => replies()[0]?.innerText.includes("slow"), "the start");
        const now = Date.now;
        Date.now = () => now() + seconds * 1000;
        """,
        seconds=seconds,
    )
    hold.set()
    said = desk.run(
        """
        await idle();
        await until(() => $("[role=status]").textContent.includes("slow words"));
        return true;
        """
    )
    assert said


def test_what_was_said_before_is_not_announced_again(desk: Desk) -> None:
    desk.open(hello("an answer"))
    desk.run("type('go'); press('Enter'); await replied(1)")
    assert desk.page
    desk.page.page.open("/shop")
    said = desk.run(
        """
        await widget.open();
        await until(() => replies().length, "the past");
        await still(); await settled();
        return $("[role=status]").textContent;
        """
    )
    assert said == ""


def test_a_change_keeps_typed_words_focus_scroll_and_talk(desk: Desk) -> None:
    page = desk.open(hello("line\n\n" * 80))
    desk.run(
        """
        type("hello"); press("Enter"); await replied(1);
        type("half a thou");
        $(".vt-field").focus();
        $(".vt-field").setSelectionRange(4, 6);
        $(".vt-scroller").scrollTop = 50;
        await until(() => !$(".vt-to-end").hidden);
        globalThis.row = $(".vt-row");
        """
    )
    old = page.widget
    assert isinstance(old, N8nWidget)
    changes: list[dict[str, Any]] = [
        {"messages": N8nMessages(style="flat", feedback=True, show_timestamps=True)},
        {
            "composer": Composer(
                placeholder="Other", attachments=Attachments(enabled=True)
            )
        },
        {"behavior": N8nBehavior(rating=True, sound=True)},
        {"texts": old.texts.model_copy(update={"locale": "ar"})},
        {"theme": old.theme.model_copy(update={"color_scheme": "dark"})},
    ]
    for change in changes:
        page.become(page.widget.model_copy(update=change))
    found = desk.run(
        """
        await until(() => $(".vt").dir === "rtl");
        const field = $(".vt-field");
        return [field.value, root.activeElement === field, field.selectionStart,
                Math.round($(".vt-scroller").scrollTop / 100), $(".vt-row") === row,
                $$(".vt-row").length];
        """
    )
    # The engine keeps what is read in place, so the offset itself may shift a little.
    assert found.pop(3) <= 3
    assert found == ["half a thou", True, 4, True, 2]


def test_stop_ends_the_answer_and_gives_the_field_back(desk: Desk) -> None:
    hold = threading.Event()
    pieces = event("begin") + event("item", "so far"), event("item", "never")
    desk.open(Workflow(streams(*pieces, wait=hold)))
    found = desk.run(
        """
        type("go"); press("Enter");
        await until(() => replies()[0]?.textContent === "so far");
        const before = attr(".vt-go", "aria-label");
        $(".vt-go").click();
        await idle();
        type("next");
        return [before, attr(".vt-go", "aria-label"), replies()[0].textContent];
        """
    )
    hold.set()
    assert found == ["Stop", "Send", "so far"]


def test_an_error_is_a_sentence_with_a_way_on(desk: Desk) -> None:
    turns = iter([says({"message": "Error in workflow"}, 500), says({"output": "ok"})])
    desk.open(Workflow(lambda exchange: next(turns)(exchange)))
    found = desk.run(
        """
        const events = [];
        widget.on("error", (detail) => events.push(detail));
        type("go"); press("Enter");
        await until(() => $(".vt-row[data-state=error]"), "the error");
        await idle();
        const words = text(".vt-row[data-state=error] .vt-text");
        const again = () => $(".vt-row[data-state=error] .vt-chip");
        (await until(again, "a button")).click();
        await until(() => replies()[0]?.textContent === "ok", "the answer");
        return { words, events, rows: $$(".vt-row").length };
        """
    )
    assert found["words"].startswith("Something went wrong on our side.")
    assert [(one["code"], one["status"]) for one in found["events"]] == [
        ("server", 500)
    ]
    assert found["rows"] == 2


def test_files_are_checked_with_sentences_and_sent(desk: Desk) -> None:
    rules = Attachments(
        enabled=True, max_size=1, max_count=2, accept=(".txt", "image/*")
    )
    desk.open(hello(), composer=Composer(attachments=rules))
    found = desk.run(
        """
        const sentence = async (...files) => {
          dropFiles(...files);
          await settled();
          return $(".vt-notice").hidden ? "" : text(".vt-notice");
        };
        await until(() => $(".vt-start .vt-btn:not([hidden])"), "the button");
        const said = [
          await sentence(["virus.exe", 10]),
          await sentence(["big.txt", 1024 * 1024 + 1]),
          await sentence(["a.txt", 5], ["b.png", 5, "image/png"]),
          await sentence(["c.txt", 5]),
        ];
        const picked = $$(".vt-picked li").length;
        $(".vt-remove").click();
        await settled();
        const left = $$(".vt-picked li").length;
        $(".vt-go").click();
        await replied(1);
        return { said, picked, left, sent: $$(".vt-mine .vt-file").length };
        """
    )
    assert found["said"][0] == "virus.exe cannot be sent: only .txt, image/*."
    assert found["said"][1] == "big.txt is too large: at most 1 MB."
    assert found["said"][2] == ""
    assert found["said"][3] == "At most 2 files at a time."
    assert (found["picked"], found["left"], found["sent"]) == (2, 1, 1)
    assert [file.name for file in desk.n8n.messages()[0].files] == ["b.png"]


def test_how_much_of_a_file_is_out_is_shown_while_it_goes(desk: Desk) -> None:
    desk.n8n.pace = 0.01
    attachments = Attachments(enabled=True, max_size=50)
    desk.open(hello(), composer=Composer(attachments=attachments))
    found = desk.run(
        """
        await until(() => $(".vt-start .vt-btn:not([hidden])"), "the button");
        dropFiles(["a.bin", 8e6]);
        await until(() => $(".vt-picked li"), "the file");
        const parts = [];
        $(".vt-go").click();
        await until(() => {
          const bar = $(".vt-mine progress");
          if (bar && bar.value !== parts.at(-1)) parts.push(bar.value);
          return replies().length;
        }, "a reply");
        await idle();
        await until(() => !$("progress"), "its end");
        return { parts, named: $$(".vt-mine .vt-file").length };
        """
    )
    assert found["parts"] == sorted(found["parts"])
    assert 0 <= found["parts"][0] < 1
    assert found["named"] == 1


def test_tools_and_models_go_along_as_metadata(desk: Desk) -> None:
    tools = (
        Tool(id="web", label="Search", pinned=True, placeholder_override="Search for…"),
        Tool(id="img", label="Picture", pinned=True, persistent=True),
    )
    models = (
        Model(id="fast", label="Fast"),
        Model(id="deep", label="Deep", default=True),
    )
    desk.open(hello(), composer=Composer(tools=tools, models=models))
    found = desk.run(
        """
        const pick = async (index) => {
          (await until(() => $$(".vt-tool")[index], "the tool")).click();
          await settled();
        };
        await pick(0);
        const placeholder = attr(".vt-field", "placeholder");
        type("one"); press("Enter"); await replied(1);
        await pick(1);
        type("two"); press("Enter"); await replied(2);
        type("three"); press("Enter"); await replied(3);
        return [placeholder, text(".vt-model span")];
        """
    )
    assert found == ["Search for…", "Deep"]
    assert [one.fields["metadata"] for one in desk.n8n.messages()] == [
        {"tool": "web", "model": "deep"},
        {"tool": "img", "model": "deep"},
        {"tool": "img", "model": "deep"},
    ]


def test_the_view_follows_until_the_reader_scrolls_away(desk: Desk) -> None:
    desk.open(hello("line\n\n" * 60))
    found = desk.run(
        """
        const left = () => {
          const { scrollHeight, scrollTop, clientHeight } = $(".vt-scroller");
          return scrollHeight - scrollTop - clientHeight;
        };
        type("go"); press("Enter"); await replied(1);
        await until(() => left() < 2, "the end");
        $(".vt-scroller").scrollTop = 0;
        await until(() => !$(".vt-to-end").hidden, "the button");
        $(".vt-to-end").click();
        await until(() => left() < 2 && $(".vt-to-end").hidden, "the end again");
        return true;
        """
    )
    assert found is True


def test_feedback_copy_and_rating_reach_the_owner(desk: Desk) -> None:
    desk.open(
        hello(), messages=N8nMessages(feedback=True), behavior=N8nBehavior(rating=True)
    )
    found = desk.run(
        """
        const events = [];
        widget.on("feedback", (detail) => events.push(detail));
        type("a"); press("Enter"); await replied(1);
        type("b"); press("Enter"); await replied(2);
        const good = await until(() => $("[aria-label='Good reply']"), "a thumb");
        good.click();
        await until(() => $("[aria-label='Good reply'][aria-pressed=true]"), "it");
        const star = () => seen(".vt-rating") && $$(".vt-rating .vt-btn")[3];
        (await until(star, "stars")).click();
        const stars = () => $$(".vt-rating [aria-pressed=true]").length;
        await until(() => stars() === 4, "four stars");
        return events.map(({ value, rating }) => value ?? rating);
        """
    )
    assert found == [1, 4]


def test_a_thousand_messages_are_drawn_only_where_they_are_seen(desk: Desk) -> None:
    desk.open(hello())
    found = desk.run(
        """
        const messages = Array.from({ length: 1000 }, (_, index) => ({
          id: String(index), role: index % 2 ? "assistant" : "user",
          text: `line ${index}`, time: 1, state: "done", rev: 0 }));
        localStorage.setItem(`vitrine:${key}:current`, '"s"');
        localStorage.setItem(`vitrine:${key}:s`, JSON.stringify(messages));
        return localStorage.length;
        """
    )
    assert found >= 2
    assert desk.page
    desk.page.page.open("/shop")
    found = desk.run(
        """
        await widget.open();
        await until(() => $$(".vt-row:not([hidden])").length === 1000, "the rows");
        const crowd = (list) => Math.max(...list.map((one) => one.childElementCount));
        return [$$(".vt-row").length, css(".vt-page", "content-visibility"),
                crowd([$(".vt-rows"), ...$$(".vt-page")]),
                $$(".vt-row .vt-text").at(-1).textContent.trim()];
        """
    )
    # A change makes an engine look at its siblings: there are never 1,000 of them.
    assert found[:2] == [1000, "auto"]
    assert found[2] <= 125
    assert found[3] == "line 999"


def test_one_more_word_touches_what_it_adds_however_long_the_talk(desk: Desk) -> None:
    """Counted in nodes that change, so no clock can hide what grows."""
    desk.open(Workflow(says({"output": "x"})))
    found = desk.run(
        """
        const list = $(".vt-rows");
        const marks = [];
        let changes = 0;
        new MutationObserver((records) => {
          for (const one of records)
            changes += 1 + one.addedNodes.length + one.removedNodes.length;
        }).observe(list, { childList: true, subtree: true, characterData: true,
                           attributes: true });
        for (let at = 0; at < 60; at++) {
          const before = changes;
          await widget.send(`message ${at}`);
          await until(() => $$(".vt-row").length === 2 * (at + 1) && !$(busy)
            && !$(".vt-row[hidden]"), "an answer");
          await settled();
          marks.push(changes - before);
        }
        const mean = (some) => some.reduce((sum, one) => sum + one) / some.length;
        return [mean(marks.slice(5, 20)), mean(marks.slice(-15)),
                $$(".vt-page").length];
        """,
    )
    assert found[2] == 15
    assert found[1] <= found[0] * 1.5, found


@pytest.mark.parametrize("instant", [True, False])
def test_scripts_of_the_preview_are_played(desk: Desk, *, instant: bool) -> None:
    page = desk.open(hello())
    script = {
        "name": "x",
        "title": "X",
        "instant": instant,
        "speed": 50,
        "steps": [
            {"history": [{"role": "assistant", "text": "before"}]},
            {"user": "hi"},
            {"assistant": "hello there", "delay": 20, "pace": 5},
            {"user": "more"},
            {"error": "busy", "delay": 20},
        ],
    }
    page.open({"simulated": "offline", "scenario": script})
    found = desk.run(
        """
        await widget.open();
        await until(() => $(".vt-row[data-state=error]"), "the end of the script");
        await until(() => !$(".vt-row[hidden]"), "Markdown");
        return $$(".vt-row .vt-text").map((one) => one.textContent);
        """
    )
    assert found[:4] == ["before", "hi", "hello there", "more"]
    assert found[4].startswith("There is a lot going on")
    assert desk.n8n.received == []


def test_a_broken_script_is_told_and_replaced(desk: Desk) -> None:
    page = desk.open(hello())
    page.open({"simulated": "offline", "scenario": {"name": "x", "steps": [{"a": 1}]}})
    found = desk.run(
        """
        const events = [];
        widget.on("error", (detail) => events.push(detail));
        await widget.open();
        type("hi"); press("Enter");
        await until(() => events.length, "the complaint");
        return events[0].detail;
        """
    )
    assert "title: is missing." in found
    assert "steps.0: is none of" in found
