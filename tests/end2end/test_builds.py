"""Snippets for frameworks in real builds from npm, then in a browser.

`scripts/setup --tests` installs tests/npm/package-lock.json.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from exporter.editing import with_values
from exporter.packages import website
from exporter.providers.registry import provider
from exporter.snippets import snippet
from tests.standins.n8n import N8nStandIn, Workflow, says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporter.contract.layout import Mode
    from exporter.contract.widget import Widget

MODULES = Path(__file__).parents[1] / "npm" / "node_modules"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NODE = shutil.which("node") or ""
pytestmark = [
    pytest.mark.browser,
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
    pytest.mark.skipif(not NODE, reason="no Node.js here"),
    pytest.mark.skipif(
        not (MODULES / "vite").is_dir(), reason="tests/npm is not installed"
    ),
]
KEY = "AbcdefGhijkl0123"
HOSTILE = "</script><b>{{ 1 }} ${2} {3} \"'` 😀"
MODES: tuple[Mode, ...] = ("popup", "inline", "fullpage", "portal")
STARTS = {
    "react": (
        "jsx",
        """import {{ StrictMode, useState }} from "react";
import {{ createRoot }} from "react-dom/client";
import {{ Chat }} from "./{chat}";
function App() {{
  const [shown, show] = useState(true);
  return <><button onClick={{() => show(false)}}>Leave</button>{{shown && <Chat />}}</>;
}}
createRoot(document.getElementById("app")).render(<StrictMode><App /></StrictMode>);
""",
    ),
    "vue": (
        "vue",
        """import {{ createApp, h, ref }} from "vue";
import Chat from "./{chat}";
const shown = ref(true);
const leave = h("button", {{ onClick: () => (shown.value = false) }}, "Leave");
createApp({{ render: () => [leave, shown.value ? h(Chat) : null] }}).mount("#app");
""",
    ),
    "svelte": (
        "svelte",
        """import {{ mount, unmount }} from "svelte";
import Chat from "./{chat}";
const target = document.getElementById("app");
const chat = mount(Chat, {{ target }});
const leave = document.createElement("button");
leave.textContent = "Leave";
leave.onclick = () => unmount(chat);
document.body.append(leave);
""",
    ),
}
VITE = """import { svelte } from "@sveltejs/vite-plugin-svelte";
import vue from "@vitejs/plugin-vue";
import { readdirSync } from "node:fs";
const input = readdirSync(".").filter((name) => name.endsWith(".html"));
export default {
  plugins: [vue(), svelte()],
  oxc: { jsx: { runtime: "automatic" } },
  build: { rollupOptions: { input } },
};
"""


class _Handler(SimpleHTTPRequestHandler):
    """The built site, and below /w the widget as the server has it."""

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the tests' output clean."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that is served."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def host(root: Path) -> Iterator[str]:
    """The address of a static host that serves `root`."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(_Handler, directory=str(root))
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture(scope="module")
def n8n() -> Iterator[N8nStandIn]:
    """A workflow's server."""
    with N8nStandIn() as made:
        yield made


@pytest.fixture(scope="module")
def widget(n8n: N8nStandIn, root: Path) -> Widget:
    """A widget with a hostile name, served below /w as the server would."""
    workflow = n8n.add(Workflow(says({"output": "Hello **there**"})))
    made = with_values(
        provider("n8n").widget(provider="n8n", key=KEY),
        {
            "connection.webhook_url": workflow.url,
            "name": HOSTILE,
            "behavior.frame_title": HOSTILE,
        },
    )
    for name, data in website(made).files.items():
        place = root / "w" / name.replace("widget.js", f"{KEY}.js")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    (root / "chat").mkdir()
    (root / "chat" / KEY).write_bytes(b"<!doctype html><title>Chat page</title>")
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must not raise."""
    faults: list[str] = []
    opened = browser.new_page()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    opened.close()
    assert faults == []


def build(folder: Path, *command: str) -> None:
    """Run a tool of tests/npm in the folder."""
    done = subprocess.run(
        [NODE, str(MODULES / command[0]), *command[1:]],
        cwd=folder,
        env={**os.environ, "NEXT_TELEMETRY_DISABLED": "1", "CI": "1"},
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]


@pytest.fixture(scope="module")
def built(
    widget: Widget, host: str, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Every framework in every mode as a page of one site that Vite built."""
    folder = tmp_path_factory.mktemp("vite")
    (folder / "node_modules").symlink_to(MODULES)
    (folder / "package.json").write_text('{"type": "module", "private": true}')
    (folder / "vite.config.js").write_text(VITE)
    for framework, (ending, start) in STARTS.items():
        for mode in MODES:
            name = f"{framework}-{mode}"
            code = snippet(widget, host, target=framework, mode=mode).code
            (folder / f"{name}-chat.{ending}").write_text(code)
            entry = f"{name}.{'jsx' if framework == 'react' else 'js'}"
            (folder / entry).write_text(start.format(chat=f"{name}-chat.{ending}"))
            (folder / f"{name}.html").write_text(
                f'<!doctype html><title>{name}</title><div id="app"></div>'
                f'<script type="module" src="/{entry}"></script>'
            )
    build(folder, "vite/bin/vite.js", "build", "--base", "/site/", "--logLevel=error")
    shutil.copytree(folder / "dist", root / "site")
    return f"{host}/site"


def talk(page: Page) -> None:
    """Send a message and wait for its answer."""
    page.wait_for_function(f"!!window.Vitrine?.get('{KEY}')")
    page.evaluate(f"Vitrine.get('{KEY}').open()")
    page.evaluate(f"Vitrine.get('{KEY}').send('hi')")
    page.get_by_text("there", exact=True).wait_for(timeout=15000)


@pytest.mark.parametrize("framework", STARTS)
@pytest.mark.parametrize("mode", ["popup", "inline"])
def test_a_built_app_talks_and_cleans_up(
    framework: str, mode: str, built: str, page: Page
) -> None:
    page.goto(f"{built}/{framework}-{mode}.html")
    talk(page)
    assert page.locator("[data-vitrine]").count() == 1
    if mode == "inline":
        assert page.locator(f"#vitrine-{KEY} > [data-vitrine]").count() == 1
    page.get_by_role("button", name="Leave").click()
    page.wait_for_function("!document.querySelector('[data-vitrine]')")


@pytest.mark.parametrize("framework", STARTS)
def test_a_built_app_shows_the_page_with_its_name_intact(
    framework: str, built: str, page: Page
) -> None:
    page.goto(f"{built}/{framework}-fullpage.html")
    frame = page.locator("iframe")
    assert frame.get_attribute("title") == HOSTILE
    page.frame_locator("iframe").locator("html").wait_for(state="attached")
    assert str(frame.get_attribute("src")).endswith(f"/chat/{KEY}")
    page.goto(f"{built}/{framework}-portal.html")
    assert page.locator("a").inner_text() == HOSTILE
    assert page.locator("b").count() == 0


def test_next_builds_and_the_popup_outlives_a_change_of_route(
    widget: Widget, host: str, root: Path, tmp_path: Path, page: Page
) -> None:
    app = tmp_path / "app"
    app.mkdir()
    (tmp_path / "node_modules").symlink_to(MODULES)
    (tmp_path / "package.json").write_text('{"private": true}')
    (tmp_path / "next.config.mjs").write_text(
        'export default { output: "export", basePath: "/next", trailingSlash: true };'
    )
    for mode, place in (
        ("popup", app),
        ("inline", app / "two"),
        ("fullpage", app / "three"),
    ):
        place.mkdir(exist_ok=True)
        code = snippet(widget, host, target="nextjs", mode=mode).code  # type: ignore[arg-type]
        (place / "chat.jsx").write_text(code)
    (app / "layout.jsx").write_text(
        'import { Chat } from "./chat";\n'
        "export default function Layout({ children }) {\n"
        '  return <html lang="en"><body>{children}<Chat /></body></html>;\n}\n'
    )
    (app / "page.jsx").write_text(
        'import Link from "next/link";\n'
        'export default function Page() { return <Link href="/two">Two</Link>; }\n'
    )
    for name in ("two", "three"):
        (app / name / "page.jsx").write_text(
            'import { Chat } from "./chat";\n'
            "export default function Page() { return <><h1>Other</h1><Chat /></>; }\n"
        )
    build(tmp_path, "next/dist/bin/next", "build", "--webpack")
    shutil.copytree(tmp_path / "out", root / "next")
    page.goto(f"{host}/next/")
    talk(page)
    page.get_by_role("link", name="Two").click()
    page.get_by_role("heading", name="Other").wait_for()
    page.locator(f"#vitrine-{KEY} > [data-vitrine]").wait_for(state="attached")
    assert page.locator("html > [data-vitrine]").count() == 1
    page.goto(f"{host}/next/three/")
    assert page.locator("iframe").get_attribute("title") == HOSTILE
