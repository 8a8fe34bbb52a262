"""Code in the vendors' own ways, held to the vendors' own types by the compiler.

The packages with the types are in tests/npm, which `scripts/setup --tests` installs.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from exporter.code_text import JAVASCRIPT
from exporter.code_text import written as write
from exporter.editing import with_values
from exporter.providers.registry import provider
from tests.contract.strategies import widgets

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

MODULES = Path(__file__).parents[2] / "npm" / "node_modules"
N8N_TYPES = "@n8n/chat/dist/src/types/options.d.ts"
"""Named outright: what its package.json says are its types is not there."""
TYPES = {
    "chatkit": 'import type { ChatKitOptions as Options } from "@openai/chatkit";\n',
    "n8n": 'import type { ChatOptions } from "n8n-chat-options";\n'
    "type Options = Partial<ChatOptions>;\n",
}
CONFIG = {
    "compilerOptions": {
        "strict": True,
        "noEmit": True,
        "target": "es2022",
        "module": "esnext",
        "moduleResolution": "bundler",
        "skipLibCheck": True,
        "types": [],
        "paths": {"n8n-chat-options": [str(MODULES / N8N_TYPES)]},
    },
    "files": ["options.ts"],
}
CONNECTED = {
    "chatkit": {"connection.kind": "hosted", "connection.workflow_id": "wf_1"},
    "n8n": {"connection.webhook_url": "https://n8n.example/webhook/1/chat"},
}
pytestmark = [
    pytest.mark.skipif(not shutil.which("node"), reason="no Node.js here"),
    pytest.mark.skipif(
        not (MODULES / "typescript").is_dir(), reason="tests/npm is not installed"
    ),
]


def compiled(folder: Path, name: str, codes: list[str]) -> str:
    """What the compiler has against these options: "" for nothing."""
    link = folder / "node_modules"
    if not link.exists():
        link.symlink_to(MODULES)
    (folder / "tsconfig.json").write_text(json.dumps(CONFIG))
    lines = [f"export const o{n}: Options = {code};" for n, code in enumerate(codes)]
    (folder / "options.ts").write_text(TYPES[name] + "\n".join(lines), "utf-8")
    done = subprocess.run(
        ["node", str(MODULES / "typescript/bin/tsc"), "-p", str(folder)],
        capture_output=True,
        text=True,
        timeout=100,
    )
    return done.stdout[:3000]


def options(widget: Widget) -> str:
    """The options as they stand in the code."""
    make = provider(widget.provider).native
    assert make is not None
    connected = with_values(widget, CONNECTED[widget.provider])
    return write(make(connected).values["options"], JAVASCRIPT, 0)


@pytest.mark.parametrize("name", TYPES)
@settings(
    deadline=None,
    max_examples=2,
    phases=[Phase.generate],  # a smaller example would cost a compiler's run each
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_options_are_what_the_vendor_takes(
    name: str, data: st.DataObject, tmp_path: Path
) -> None:
    several = data.draw(st.lists(widgets(provider(name)), min_size=10, max_size=30))
    assert compiled(tmp_path, name, list(map(options, several))) == ""


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("chatkit", '{ api: { url: "/", domainKey: "a" }, theme: { radius: "oval" } }'),
        ("n8n", '{ mode: "popup" }'),
    ],
)
def test_the_compiler_would_find_it(name: str, wrong: str, tmp_path: Path) -> None:
    assert "options.ts(" in compiled(tmp_path, name, [wrong])
