"""Our widget beside the official one, on the same blank page in the same Chromium."""

from __future__ import annotations

import json
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.bench.measure import Measure, paired, single
from tests.bench.official import official_chat
from tests.browser.shop import Shop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SLOWER = 4
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
OURS, THEIRS, BLANK = "/ours", "/theirs", "/blank"
SCRIPTS = Path(__file__).parent / "scripts"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>
<link rel="icon" href="data:,"><body><p>Shop</p>
<script>
const ours = () => document.querySelector("[data-vitrine]")?.shadowRoot;
const launcher = () => ours()?.querySelector(".vt-launcher")
  ?? document.querySelector(".chat-window-toggle");
const field = () => ours()?.querySelector("textarea.vt-field")
  ?? document.querySelector(".chat-window-wrapper textarea");
const shown = (find) => new Promise((done, refuse) => {
  setTimeout(refuse, 60000, new Error("it never showed"));
  const look = () => {
    const node = find();
    const there = node?.checkVisibility({visibilityProperty: true});
    const ready = there && node.getBoundingClientRect().width;
    requestAnimationFrame(ready ? () => done(performance.now()) : look);
  };
  look();
});
let shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
</script>%s</html>"""
TAGS = {
    BLANK: "",
    OURS: '<script src="/site/w.js" async></script>',
    THEIRS: """<link rel="stylesheet" href="/official/style.css">
<script type="module">import {createChat} from "/official/chat.bundle.es.js";
createChat({webhookUrl: location.origin + "/hook", loadPreviousSession: false});
</script>""",
}
VALUES = {
    "connection.webhook_url": "https://n8n.example/webhook/x/chat",
    "connection.access": "direct",
    "connection.load_previous_session": False,
}


def measures() -> Iterator[Measure]:
    """All numbers of issue B that only a browser can tell."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        shop = Shop(Path(folder))
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        try:
            yield from _Bench(browser, shop).all()
        finally:
            browser.close()
            shop.close()


class _Bench:
    def __init__(self, browser: Browser, shop: Shop) -> None:
        self._browser, self._shop = browser, shop
        shop.write("n8n", VALUES, {"kind": "static"})
        shop.server.folders["/official/"] = official_chat()
        for path, tag in TAGS.items():
            shop.server.pages[path] = PAGE % tag

    def all(self) -> Iterator[Measure]:
        added = "the widget adds to a blank page until its launcher shows"
        line = partial(self._added, SLOW_4G)
        yield single("layout shift", self._shift(), limit=0, unit="CLS")
        yield self._pair("heap added, chat open", self._heap, 0.25, unit="MB")
        yield self._pair("click to a focusable field", self._click, 1.0, runs=15)
        later = partial(self._click, later=250)
        yield self._pair("click to a focusable field 0.25 s later", later, 1.0)
        yield self._pair(f"time {added}, processor ÷ 4", partial(self._added, {}), 0.15)
        yield self._pair(f"time {added}, slow 4G", line, 0.15)
        yield from self._stream()
        yield from self._scroll()

    def _pair(
        self,
        name: str,
        measure: Callable[[str], float],
        limit: float,
        *,
        unit: str = "s",
        runs: int = 3,
    ) -> Measure:
        ours, theirs = partial(measure, OURS), partial(measure, THEIRS)
        name = f"{name} ÷ @n8n/chat"
        return paired(name, ours, theirs, limit=limit, unit=unit, runs=runs)

    def _fresh(self, line: dict[str, Any], slower: int) -> tuple[Page, CDPSession]:
        page = self._browser.new_context().new_page()
        cdp = page.context.new_cdp_session(page)
        cdp.send("Network.enable")
        if line:
            cdp.send("Network.emulateNetworkConditions", line)
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        return page, cdp

    def _until_launcher(self, path: str, line: dict[str, Any]) -> float:
        page, _ = self._fresh(line, SLOWER)
        page.goto(self._shop.server.base + path, wait_until="commit")
        find = "() => document.body" if path == BLANK else "launcher"
        script = f"() => shown({find})"
        page.wait_for_function("() => typeof shown === 'function'")
        took = float(page.evaluate(script)) / 1000
        page.context.close()
        return took

    def _added(self, line: dict[str, Any], path: str) -> float:
        floor = self._until_launcher(BLANK, line)
        return max(self._until_launcher(path, line) - floor, 0.0001)

    def _heap(self, path: str) -> float:
        return (self._used(path) - self._used(BLANK)) / 1e6

    def _used(self, path: str) -> float:
        page, cdp = self._fresh({}, 1)
        page.goto(self._shop.server.base + path)
        if path != BLANK:
            page.evaluate("() => shown(launcher).then(() => launcher().click())")
            page.evaluate("() => shown(field)")
        cdp.send("HeapProfiler.enable")
        cdp.send("HeapProfiler.collectGarbage")
        used = float(cdp.send("Runtime.getHeapUsage")["usedSize"])
        page.context.close()
        return used

    def _click(self, path: str, later: int = 0) -> float:
        """From a click `later` ms after the launcher shows; a hand is not at once."""
        page, _ = self._fresh({}, SLOWER)
        page.goto(self._shop.server.base + path, wait_until="commit")
        page.wait_for_function("() => typeof shown === 'function'")
        took = page.evaluate(
            """(later) => shown(launcher).then(async () => {
            if (later) await new Promise((done) => setTimeout(done, later));
            const start = performance.now();
            launcher().click();
            return await shown(field) - start;
            })""",
            later,
        )
        page.context.close()
        return float(took) / 1000

    def _shift(self) -> float:
        page, _ = self._fresh({}, 1)
        page.goto(self._shop.server.base + OURS)
        page.evaluate("() => shown(launcher).then(() => launcher().click())")
        page.evaluate("() => shown(field)")
        shift = float(page.evaluate("() => shifted"))
        page.context.close()
        return shift

    def _stream(self) -> list[Measure]:
        half, whole = (
            self._tasks(partial(self._long_answer, chunks)) for chunks in (2000, 4000)
        )
        twice, cost = sum(half) * 2, sum(whole)
        name = "cost of 200 KB ÷ twice that of 100 KB"
        return [
            single(
                "longest task, 200 KB in 4,000 chunks",
                max(whole),
                limit=50,
                unit="ms of CPU",
            ),
            Measure(name, cost, twice, cost / twice, 1.3, "most", "ms of CPU"),
        ]

    def _long_answer(self, chunks: int, page: Page) -> Callable[[], None]:
        page.goto(self._shop.server.base + OURS)
        page.evaluate((SCRIPTS / "stream.js").read_text("utf-8"))
        page.evaluate("() => warmUp()")
        return partial(page.evaluate, "(chunks) => talk(chunks)", chunks)

    def _long_talk(self, page: Page) -> Callable[[], None]:
        page.goto(self._shop.server.base + OURS)
        script = (SCRIPTS / "long_talk.js").read_text("utf-8")
        page.evaluate(script)
        page.evaluate("() => remember(1000)")
        page.reload()
        page.evaluate(script)
        assert page.evaluate("() => shows(1000)") == 1000

        def scroll() -> None:
            assert page.evaluate("() => scrolls()") == 0

        return scroll

    def _scroll(self) -> list[Measure]:
        tasks = sorted(self._tasks(self._long_talk))
        frame = tasks[int(len(tasks) * 0.99)]
        name = "1,000 messages scroll: a frame's work (p99)"
        return [single(name, frame, limit=1000 / 60, unit="ms of CPU")]

    def _tasks(self, prepare: Callable[[Page], Callable[[], None]]) -> list[float]:
        """The page's own time in each task of its main thread, in ms.

        The processor's time, not the clock's: other work on the machine takes none.
        """
        page, _ = self._fresh({}, 1)
        work = prepare(page)
        self._browser.start_tracing(page=page, categories=["toplevel"])
        work()
        events = json.loads(self._browser.stop_tracing())["traceEvents"]
        page.context.close()
        return _main_thread(events)


def _main_thread(events: list[dict[str, Any]]) -> list[float]:
    """What the busiest page's main thread did, task by task, in ms."""
    names = (one for one in events if one["name"] == "thread_name")
    mains = [
        (one["pid"], one["tid"])
        for one in names
        if one["args"]["name"] == "CrRendererMain"
    ]
    spent: dict[tuple[int, int], list[float]] = {main: [] for main in mains}
    for one in events:
        tasks = spent.get((one["pid"], one["tid"]))
        if tasks is not None and one["name"].endswith("RunTask") and "tdur" in one:
            tasks.append(one["tdur"] / 1000)
    return max(spent.values(), key=sum)
