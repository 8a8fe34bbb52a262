"""Snippets for frameworks in real builds from npm, then in a browser."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from exporter.packages import website
from exporter.snippets import snippet
from tests.end2end.building import NEEDED, entry_page, project, run_tool, vite_site
from tests.end2end.chat import HOSTILE, KEY, MODES, n8n_widget, talk

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from exporter.contract.layout import Mode
    from exporter.contract.widget import Widget
    from tests.standins.n8n import Workflow
    from tests.standins.static import StaticHost

pytestmark = [
    pytest.mark.browser,
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    *NEEDED,
]
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
NEXT = {
    "package.json": '{"private": true}',
    "next.config.mjs": 'export default { output: "export", basePath: "/next", '
    "trailingSlash: true };",
    "app/layout.jsx": 'import { Chat } from "./chat";\n'
    "export default function Layout({ children }) {\n"
    '  return <html lang="en"><body>{children}<Chat /></body></html>;\n}\n',
    "app/page.jsx": 'import Link from "next/link";\n'
    'export default function Page() { return <Link href="/two">Two</Link>; }\n',
}
NEXT_PAGE = (
    'import { Chat } from "./chat";\n'
    "export default function Page() { return <><h1>Other</h1><Chat /></>; }\n"
)
ANGULAR = {
    "package.json": '{"type": "module", "private": true}',
    "angular.json": json.dumps(
        {
            "version": 1,
            "cli": {"cache": {"enabled": False}},
            "projects": {
                "app": {
                    "projectType": "application",
                    "root": "",
                    "architect": {
                        "build": {
                            "builder": "@angular/build:application",
                            "options": {
                                "browser": "main.ts",
                                "index": "index.html",
                                "tsConfig": "tsconfig.json",
                                "baseHref": "/angular/",
                            },
                        }
                    },
                }
            },
        }
    ),
    "tsconfig.json": json.dumps(
        {
            "compilerOptions": {
                "strict": True,
                "noImplicitOverride": True,
                "noPropertyAccessFromIndexSignature": True,
                "target": "es2022",
                "module": "preserve",
                "skipLibCheck": True,
                "types": [],
            },
            "angularCompilerOptions": {"strictTemplates": True},
            "files": ["main.ts"],
        }
    ),
    "index.html": "<!doctype html><title>Angular</title><app-root></app-root>",
    "main.ts": """import { bootstrapApplication } from "@angular/platform-browser";
import { Root as popup } from "./popup/root";
import { Root as inline } from "./inline/root";
import { Root as fullpage } from "./fullpage/root";
import { Root as portal } from "./portal/root";
const roots = new Map(Object.entries({ popup, inline, fullpage, portal }));
bootstrapApplication(roots.get(location.hash.slice(1)) ?? popup);
""",
}
ANGULAR_ROOT = """import { Component, signal } from "@angular/core";
import { Chat } from "./chat";
@Component({
  selector: "app-root",
  imports: [Chat],
  template: `<button (click)="shown.set(false)">Leave</button>
    @if (shown()) { <app-chat /> }`,
})
export class Root {
  readonly shown = signal(true);
}
"""
ASTRO = {
    "package.json": '{"type": "module", "private": true}',
    "astro.config.mjs": 'export default { base: "/astro", cacheDir: "./.kept", '
    'devToolbar: { enabled: false }, vite: { cacheDir: "./.vite" } };',
}
ASTRO_PAGE = """---
import Chat from "../components/{mode}/Chat.astro";
---
<html lang="en"><head><meta charset="utf-8"><title>Astro</title></head>
<body><h1>Shop</h1><Chat /></body></html>
"""


@pytest.fixture(scope="module")
def widget(workflow: Workflow, host: StaticHost) -> Widget:
    """A widget with a hostile name, served below /w as the server would."""
    made = n8n_widget(workflow.url, name=HOSTILE, behavior__frame_title=HOSTILE)
    for name, data in website(made).files.items():
        place = host.folder / "w" / name.replace("widget.js", f"{KEY}.js")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    (host.folder / "chat").mkdir()
    (host.folder / "chat" / KEY).write_bytes(b"<!doctype html><title>Chat</title>")
    return made


def code(widget: Widget, host: StaticHost, target: str, mode: Mode) -> str:
    return snippet(widget, host.base, target=target, mode=mode).code


@pytest.fixture(scope="module")
def vite(
    widget: Widget, host: StaticHost, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """React, Vue and Svelte in every mode as pages of one site that Vite built."""
    files = {}
    for framework, (ending, start) in STARTS.items():
        for mode in MODES:
            name = f"{framework}-{mode}"
            chat = f"{name}-chat.{ending}"
            entry = f"{name}.{'jsx' if framework == 'react' else 'js'}"
            files[chat] = code(widget, host, framework, mode)
            files[entry] = start.format(chat=chat)
            files[f"{name}.html"] = entry_page(name, entry)
    vite_site(tmp_path_factory.mktemp("vite"), host.folder / "site", files)
    return f"{host.base}/site/{{framework}}-{{mode}}.html"


@pytest.fixture(scope="module")
def angular(
    widget: Widget, host: StaticHost, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Every mode in one application that Angular's own builder made, strictly typed."""
    folder = tmp_path_factory.mktemp("angular")
    chats = {f"{mode}/chat.ts": code(widget, host, "angular", mode) for mode in MODES}
    roots = {f"{mode}/root.ts": ANGULAR_ROOT for mode in MODES}
    project(folder, {**ANGULAR, **chats, **roots})
    run_tool(folder, "@angular-devkit/architect-cli/bin/cli.js", "app:build")
    shutil.copytree(folder / "dist" / "app" / "browser", host.folder / "angular")
    return f"{host.base}/angular/#{{mode}}"


@pytest.fixture(scope="module")
def astro(
    widget: Widget, host: StaticHost, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Every mode as a page of one site that Astro built."""
    folder = tmp_path_factory.mktemp("astro")
    chats = {
        f"src/components/{mode}/Chat.astro": code(widget, host, "astro", mode)
        for mode in MODES
    }
    pages = {f"src/pages/{mode}.astro": ASTRO_PAGE.format(mode=mode) for mode in MODES}
    project(folder, {**ASTRO, **chats, **pages})
    run_tool(folder, "astro/astro.js", "build", "--silent")
    shutil.copytree(folder / "dist", host.folder / "astro")
    return f"{host.base}/astro/{{mode}}/"


FRAMEWORKS = {"react": "vite", "vue": "vite", "svelte": "vite", "angular": "angular"}


def open_page(
    request: pytest.FixtureRequest, page: Page, framework: str, mode: str
) -> None:
    address: str = request.getfixturevalue(FRAMEWORKS.get(framework, framework))
    page.goto(address.format(framework=framework, mode=mode))


@pytest.mark.parametrize("framework", [*FRAMEWORKS, "astro"])
@pytest.mark.parametrize("mode", ["popup", "inline"])
def test_a_built_app_talks_and_cleans_up(
    framework: str, mode: str, page: Page, request: pytest.FixtureRequest
) -> None:
    open_page(request, page, framework, mode)
    talk(page)
    assert page.locator("[data-vitrine]").count() == 1
    if mode == "inline":
        assert page.locator(f"#vitrine-{KEY} > [data-vitrine]").count() == 1
    if framework != "astro":  # its pages have no script that could leave
        page.get_by_role("button", name="Leave").click()
        page.wait_for_function("!document.querySelector('[data-vitrine]')")


@pytest.mark.parametrize("framework", [*FRAMEWORKS, "astro"])
def test_a_built_app_shows_the_page_with_its_name_intact(
    framework: str, page: Page, request: pytest.FixtureRequest
) -> None:
    open_page(request, page, framework, "fullpage")
    frame = page.locator("iframe")
    frame.wait_for(state="attached")
    assert frame.get_attribute("title") == HOSTILE
    page.frame_locator("iframe").locator("html").wait_for(state="attached")
    assert str(frame.get_attribute("src")).endswith(f"/chat/{KEY}")


@pytest.mark.parametrize("framework", [*FRAMEWORKS, "astro"])
def test_a_built_app_links_to_the_portal_with_its_name_intact(
    framework: str, page: Page, request: pytest.FixtureRequest
) -> None:
    open_page(request, page, framework, "portal")
    link = page.locator("a")
    assert link.inner_text() == HOSTILE
    assert str(link.get_attribute("href")).endswith(f"/chat/{KEY}?mode=portal")
    assert page.locator("b").count() == 0


def test_next_builds_and_the_popup_outlives_a_change_of_route(
    widget: Widget, host: StaticHost, tmp_path: Path, page: Page
) -> None:
    pages = {"app/two": "inline", "app/three": "fullpage", "app/four": "portal"}
    files = {**NEXT, "app/chat.jsx": code(widget, host, "nextjs", "popup")}
    for place, mode in pages.items():
        files[f"{place}/chat.jsx"] = code(widget, host, "nextjs", mode)  # type: ignore[arg-type]
        files[f"{place}/page.jsx"] = NEXT_PAGE
    project(tmp_path, files)
    run_tool(tmp_path, "next/dist/bin/next", "build", "--webpack")
    shutil.copytree(tmp_path / "out", host.folder / "next")
    page.goto(f"{host.base}/next/")
    talk(page)
    page.get_by_role("link", name="Two").click()
    page.get_by_role("heading", name="Other").wait_for()
    page.locator(f"#vitrine-{KEY} > [data-vitrine]").wait_for(state="attached")
    assert page.locator("html > [data-vitrine]").count() == 1
    page.goto(f"{host.base}/next/three/")
    assert page.locator("iframe").get_attribute("title") == HOSTILE
    page.goto(f"{host.base}/next/four/")
    assert page.get_by_role("link").inner_text() == HOSTILE
