"""Every setting shows: in the face it is for, live, by a patch and without a reload."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporter.contract.specs import sections_of, settings_of
from exporter.editing import with_values
from exporter.providers.registry import providers
from tests.gui.settings_frame import FRAME
from tests.gui.settings_talk import TALK
from tests.gui.sights import other_value
from tests.gui.widget_page import WidgetPage

if TYPE_CHECKING:
    from pathlib import Path

    from exporter.contract.provider import Provider
    from exporter.contract.specs import SectionSpec

SIGHTS = {**FRAME, **TALK}
SERVERS_OWN = {
    "domains": "the server checks the page's origin",
    "any_site": "the server checks the page's origin",
    "connection.route": "goes along as metadata (exporter.providers.n8n.runtime)",
    "connection.workflow_id": "the server mints the session",
    "connection.workflow_version": "the server mints the session",
    "connection.tracing": "the server mints the session",
    "connection.state_variables": "the server mints the session",
    "connection.face": "another bundle draws it (test_chatkit_own.py)",
    "connection.upload_url": "where files go (test_chatkit_own.py)",
    "connection.base_url": "our server asks the model (server.chatkit.backends)",
    "connection.model": "our server asks the model",
    "connection.instructions": "our server tells the model",
    "connection.wire": "our server asks the model",
    "connection.dictation_model": "our server asks the model",
    "connection.keep_days": "our server keeps the conversations (server.chatkit)",
    "connection.sealed": "our server keeps the conversations",
}
SERVERS_GROUPS = ("connection.session.", "connection.chatkit_configuration.")
# What only the requests show; test_runtime_talk.py and _chatkit.py look there.
IN_REQUESTS = (
    "connection.webhook_url connection.access connection.method connection.streaming"
    " connection.load_previous_session connection.timeout connection.chat_input_key"
    " connection.chat_session_key connection.headers connection.metadata"
    " connection.kind connection.url connection.domain_key behavior.initial_thread"
    " behavior.persist"
).split()
BEFORE = """
window.opened = []; window.open = (url) => void opened.push(url);
window.delays = [];
const later = setTimeout;
window.setTimeout = (fn, time, ...rest) => {
  delays.push(time);
  return later(fn, time, ...rest);
};
"""
SCENARIO = {
    "name": "short",
    "title": "Short",
    "instant": True,
    "steps": [{"assistant": "Hello there"}] * 40,
}
CASES = [
    pytest.param(one, section, id=f"{one.name}-{section.name}")
    for one in providers()
    for section in sections_of(one.widget)
    if any(spec.path in SIGHTS for spec in section.settings)
]


@pytest.mark.parametrize("provider", providers(), ids=lambda one: one.name)
def test_every_setting_has_its_sight(provider: Provider) -> None:
    unknown = [
        path
        for path in settings_of(provider.widget)
        if path not in SIGHTS
        and path not in SERVERS_OWN
        and path not in IN_REQUESTS
        and not path.startswith(SERVERS_GROUPS)
    ]
    assert unknown == []


def test_no_sight_is_of_a_setting_that_is_gone() -> None:
    known = {path for one in providers() for path in settings_of(one.widget)}
    assert sorted(set(SIGHTS) - known) == []


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("provider", "section"), CASES)
def test_setting_shows(
    provider: Provider, section: SectionSpec, tmp_path: Path
) -> None:
    page = WidgetPage(tmp_path, provider.widget(provider=provider.name))
    try:
        page.open({"simulated": "offline", "scenario": SCENARIO}, before=BEFORE)
        unseen = [
            spec.path
            for spec in section.settings
            if spec.path in SIGHTS and not _shows(page, provider, spec.path)
        ]
        assert unseen == []
        assert page.page.complaints == []
    finally:
        page.close()


def _shows(page: WidgetPage, provider: Provider, path: str) -> bool:
    sight = SIGHTS[path]
    spec = settings_of(provider.widget)[path]
    value = other_value(spec) if sight.value is None else sight.value
    plain = provider.widget(provider=provider.name, key=page.widget.key)
    given = with_values(plain, sight.given)
    page.page.view.resize(sight.width, 800)
    page.run(f"await until(() => innerWidth === {sight.width}, 'the width')")
    page.become(given)
    page.run(f"await widget.open(); await still(); {sight.first}")
    before = page.run(_looking(sight.look))
    page.become(with_values(given, {path: value}))
    return bool(page.run(_until_other(sight.look), before=before))


def _looking(look: str) -> str:
    return f"await still(); return JSON.stringify([{look}])"


def _until_other(look: str) -> str:
    return f"""
      const end = Date.now() + 2000;
      while (Date.now() < end) {{
        await still();
        if (JSON.stringify([{look}]) !== before) return true;
        await new Promise((done) => later(done, 15));
      }}
      return false;
    """
