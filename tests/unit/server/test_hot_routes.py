"""Scripts, runtime files and pages: what a site and a visitor load."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import brotli
import pytest

from exporter.contract.header import HeaderTitle
from exporter.providers.n8n.settings import N8nHeader, N8nWidget
from tests.unit.server.conftest import (
    BASE,
    BUNDLES,
    CANARY_SECRET,
    CANARY_WEBHOOK,
    PAUSED_KEY,
)
from tests.unit.server.furnished import CHATKIT_KEY, N8N_KEY

if TYPE_CHECKING:
    import httpx

    from tests.unit.server.conftest import Shelf

pytestmark = pytest.mark.anyio


async def test_a_script_names_its_own_widget(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/w/{N8N_KEY}.js")
    assert answer.status_code == 200
    assert f'key:"{N8N_KEY}"' in answer.text
    assert f'base:"{BASE}"' in answer.text
    assert f"runtime/{BUNDLES.hash}/chat.js" in answer.text
    assert "</script" not in answer.text
    headers = answer.headers
    assert headers["content-type"] == "text/javascript; charset=utf-8"
    assert headers["cache-control"] == (
        "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["vary"] == "accept-encoding"


async def test_scripts_are_kept_apart(client: httpx.AsyncClient) -> None:
    for _ in range(2):
        for key, other in ((N8N_KEY, CHATKIT_KEY), (CHATKIT_KEY, N8N_KEY)):
            text = (await client.get(f"/w/{key}.js")).text
            assert key in text
            assert other not in text


async def test_a_new_version_is_a_new_script(
    client: httpx.AsyncClient, shelf: Shelf
) -> None:
    before = await client.get(f"/w/{N8N_KEY}.js")
    header = N8nHeader(title=HeaderTitle(text="Quite new"))
    shelf.put(N8nWidget(key=N8N_KEY, header=header), version="2")
    after = await client.get(f"/w/{N8N_KEY}.js")
    assert "Quite new" in after.text
    assert after.headers["etag"] != before.headers["etag"]


@pytest.mark.parametrize(
    "path", [f"/w/{N8N_KEY}.js", f"/runtime/{BUNDLES.hash}/chat.js"]
)
async def test_encodings_and_etags(client: httpx.AsyncClient, path: str) -> None:
    plain = await client.get(path)
    tags = {plain.headers["etag"]}
    for name, read in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        async with client.stream(
            "GET", path, headers={"accept-encoding": name}
        ) as answer:
            raw = b"".join([part async for part in answer.aiter_raw()])
        assert answer.headers["content-encoding"] == name
        assert read(raw) == plain.content
        assert len(raw) < len(plain.content)
        tags.add(answer.headers["etag"])
        again = await client.get(
            path,
            headers={
                "accept-encoding": name,
                "if-none-match": f'"x", W/{answer.headers["etag"]}',
            },
        )
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == answer.headers["etag"]
    assert len(tags) == 3
    refused = await client.get(path, headers={"accept-encoding": "br;q=0, gzip;q=0.0"})
    assert "content-encoding" not in refused.headers


async def test_head_answers_without_a_body(client: httpx.AsyncClient) -> None:
    answer = await client.head(f"/w/{N8N_KEY}.js")
    assert answer.status_code == 200
    assert answer.content == b""
    assert int(answer.headers["content-length"]) > 100


@pytest.mark.parametrize("key", ["x" * 16, PAUSED_KEY])
async def test_an_absent_widget_gets_a_quiet_script(
    client: httpx.AsyncClient, key: str
) -> None:
    answer = await client.get(f"/w/{key}.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert re.fullmatch(r'console\.info\("Vitrine: [^"<]+"\);\n', answer.text)


async def test_runtime_files_never_change(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/runtime/{BUNDLES.hash}/locales/de.js")
    assert answer.content == BUNDLES.files["locales/de.js"]
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path",
    [
        "/runtime/ffffffffffffffff/chat.js",
        f"/runtime/{BUNDLES.hash}/nothing.js",
        f"/runtime/{BUNDLES.hash}/..%2f..%2fmain.js",
        "/w/short.js",
        "/nothing",
        "/",
    ],
)
async def test_what_is_not_there_says_so(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 404
    assert set(answer.json()["error"]) == {"code", "message", "hint"}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_only_reading(client: httpx.AsyncClient, method: str) -> None:
    answer = await client.request(method, f"/w/{N8N_KEY}.js")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        (f"/chat/{N8N_KEY}", "fullpage"),
        (f"/chat/{N8N_KEY}?mode=portal", "portal"),
        (f"/chat/{N8N_KEY}?mode=%22%3E%3Cscript%3E", "fullpage"),
        (f"/widget/chatkit/{CHATKIT_KEY}", "fullpage"),
    ],
)
async def test_pages_carry_the_widget(
    client: httpx.AsyncClient, path: str, mode: str
) -> None:
    answer = await client.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<script") == 1
    assert f'data-mode="{mode}"' in answer.text
    assert f'src="{BASE}/w/' in answer.text


async def test_a_page_allows_no_more_than_it_needs(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/chat/{CHATKIT_KEY}")
    rules = dict(
        rule.strip().split(" ", 1)
        for rule in answer.headers["content-security-policy"].split(";")
    )
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == f"{BASE} https://cdn.platform.openai.com"
    assert rules["frame-ancestors"] == "'self' https://shop.example"
    assert "unsafe" not in answer.headers["content-security-policy"]
    n8n = await client.get(f"/chat/{N8N_KEY}")
    assert "openai" not in n8n.headers["content-security-policy"]


async def test_a_title_is_text(client: httpx.AsyncClient) -> None:
    text = (await client.get(f"/chat/{N8N_KEY}")).text
    assert "<title>Support &lt;/title&gt;&lt;script&gt;</title>" in text


@pytest.mark.parametrize(("key", "status"), [("x" * 16, 404), (PAUSED_KEY, 410)])
async def test_an_absent_page_is_for_people(
    client: httpx.AsyncClient, key: str, status: int
) -> None:
    for path in (f"/chat/{key}", f"/widget/chatkit/{key}"):
        answer = await client.get(path)
        assert answer.status_code == status
        assert "<script" not in answer.text
        assert "<h1>No chat here</h1>" in answer.text


async def test_no_secret_in_what_is_loaded(client: httpx.AsyncClient) -> None:
    for key in (N8N_KEY, CHATKIT_KEY):
        for path in (f"/w/{key}.js", f"/chat/{key}", f"/widget/chatkit/{key}"):
            answer = await client.get(path)
            told = answer.text + json.dumps(dict(answer.headers))
            for secret in (*CANARY_SECRET.split(":"), CANARY_WEBHOOK, "sk-", "wf_"):
                assert secret not in told


async def test_healthz(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).text == "ok\n"


def test_the_first_page_needs_no_framework() -> None:
    code = (
        "import sys; import server.app, server.outside, desktop.preview.app,"
        "desktop.preview.opening, desktop.preview.policy, desktop.preview.guard,"
        "exporter.bundle\n"
        "print(*{'pydantic', 'fastapi', 'httpx', 'starlette', 'PySide6', 'jinja2'}"
        " & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
