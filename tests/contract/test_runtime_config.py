"""What the page is told: everything it needs, and nothing that is private."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.editing import with_values
from exporter.merge_patch import merge_patch
from exporter.providers.registry import provider, providers
from exporter.runtime_config import runtime_config
from tests.contract.strategies import widgets

if TYPE_CHECKING:
    from exporter.contract.provider import Provider

CANARY = "canary-7f3a"
EVERY = pytest.mark.parametrize("provider", providers(), ids=lambda each: each.name)
PRIVATE = {
    "n8n": {
        "connection.access": "relay",
        "connection.webhook_url": f"https://{CANARY}.example/webhook/{CANARY}/chat",
        "connection.route": CANARY,
        "connection.headers": {"X-Canary": CANARY},
        "connection.metadata": {CANARY: CANARY},
    },
    "chatkit": {
        "connection.kind": "hosted",
        "connection.workflow_id": f"wf_{CANARY}",
        "connection.workflow_version": CANARY,
        "connection.state_variables": {CANARY: CANARY},
        "connection.url": f"https://{CANARY}.example/chatkit",
        "connection.domain_key": CANARY,
        "connection.webhook_url": f"https://{CANARY}.example/webhook/{CANARY}/chat",
        "connection.base_url": f"https://{CANARY}.example/v1",
        "connection.model": CANARY,
        "connection.instructions": CANARY,
        "connection.dictation_model": CANARY,
    },
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner)
    ),
    max_leaves=10,
)
objects = st.dictionaries(st.sampled_from("abc"), json_values)


def applied(target: Any, patch: Any) -> Any:
    """RFC 7396, written down from its section 2."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = applied(result.get(name), value)
    return result


@pytest.mark.parametrize("name", PRIVATE)
def test_nothing_private_reaches_the_page(name: str) -> None:
    chosen = provider(name)
    widget = with_values(
        chosen.widget(provider=name),
        {**PRIVATE[name], "domains": [f"{CANARY}.example"]},
    )
    assert CANARY in json.dumps(widget.plain())
    assert CANARY not in json.dumps(runtime_config(widget))


@pytest.mark.parametrize("kind", ["n8n", "openai"])
def test_a_page_of_our_server_knows_the_way_there_alone(kind: str) -> None:
    values = {
        **PRIVATE["chatkit"],
        "connection.kind": kind,
        "connection.domain_key": "domain_pk_1",
    }
    widget = with_values(provider("chatkit").widget(provider="chatkit"), values)
    config = runtime_config(widget)
    assert config["connection"] == {
        "kind": "ours",
        "path": f"api/chatkit/{widget.key}",
        "domain_key": "domain_pk_1",
    }
    assert CANARY not in json.dumps(config)


def test_every_provider_has_its_canaries() -> None:
    assert set(PRIVATE) == {each.name for each in providers()}


def test_direct_access_is_told_because_it_must_be() -> None:
    widget = with_values(
        provider("n8n").widget(provider="n8n"),
        {**PRIVATE["n8n"], "connection.access": "direct"},
    )
    connection = runtime_config(widget)["connection"]
    assert connection["webhook_url"] == PRIVATE["n8n"]["connection.webhook_url"]
    assert connection["metadata"] == {CANARY: CANARY, "route": CANARY}


@EVERY
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_patch_turns_one_config_into_the_other(provider: Provider, data: Any) -> None:
    old, new = (runtime_config(data.draw(widgets(provider))) for _ in range(2))
    before = copy.deepcopy(old)
    assert applied(old, merge_patch(old, new)) == new
    assert old == before
    assert merge_patch(new, new) == {}


@given(objects, objects)
def test_a_patch_works_for_any_object(old: Any, new: Any) -> None:
    old, new = _without_none(old), _without_none(new)
    assert applied(old, merge_patch(old, new)) == new


@EVERY
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_every_icon_that_is_named_comes_with_its_drawing(
    provider: Provider, data: Any
) -> None:
    config = runtime_config(data.draw(widgets(provider)))
    named = {
        item["icon"]
        for item in (*config["start_screen"]["prompts"], *config["composer"]["tools"])
        if item["icon"]
    }
    assert named <= set(config["icons"])
    assert all(config["icons"].values())


def _without_none(value: Any) -> Any:
    """RFC 7396 cannot say null inside an object; neither does a config need it."""
    if isinstance(value, dict):
        return {
            name: _without_none(inner)
            for name, inner in value.items()
            if inner is not None
        }
    return value
