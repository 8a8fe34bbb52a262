"""The pieces of a snippet: names of files, languages, what a mail gets."""

from __future__ import annotations

import pytest

from desktop.export.parts import parts_of
from exporter.editing import with_values
from exporter.providers.registry import providers
from exporter.snippets import snippet, targets

HOST = "https://chat.acme.example"
CONNECTED = {
    "n8n": {"connection.webhook_url": "https://n8n.example/webhook/1/chat"},
    "chatkit": {"connection.workflow_id": "wf_0123456789abcdef"},
}
FILES = {
    "react": "Chat.jsx",
    "nextjs": "chat.jsx",
    "vue": "Chat.vue",
    "svelte": "Chat.svelte",
    "angular": "chat.ts",
    "astro": "Chat.astro",
    "n8n-npm": "chat.js",
    "chatkit-react": "Chat.jsx",
    "qr": "chat.svg",
    "html": "acme-html.html",
}


@pytest.mark.parametrize("kind", providers(), ids=lambda kind: kind.name)
def test_every_part_has_a_name_of_its_own_and_all_the_code(kind: object) -> None:
    values = CONNECTED.get(kind.name, {})  # type: ignore[attr-defined]
    widget = with_values(kind.samples()[0], values)  # type: ignore[attr-defined]
    for target in targets():
        if not target.fits(widget):
            continue
        for mode in target.modes:
            made = snippet(widget, HOST, target=target.name, mode=mode)
            parts = parts_of(made, "Acme")
            assert parts[0].code == made.code
            assert [part.code for part in parts[1:]] == [
                c for _, c in made.alternatives
            ]
            assert len({part.title for part in parts}) == len(parts)
            assert len({part.file for part in parts}) == len(parts)
            assert all("/" not in part.file for part in parts)
            assert parts[0].file == FILES.get(target.name, parts[0].file)


def test_an_address_is_a_link_in_a_mail_and_a_signature_is_itself() -> None:
    widget = providers()[0].samples()[0]
    link = parts_of(snippet(widget, HOST, target="link", mode="fullpage"), "Acme")[0]
    assert link.rich == f'<a href="{link.code.strip()}">{link.code.strip()}</a>'
    signature = snippet(widget, HOST, target="email", mode="fullpage")
    assert parts_of(signature, "Acme")[0].rich == signature.code
    assert parts_of(snippet(widget, HOST, mode="popup"), "Acme")[0].rich == ""
