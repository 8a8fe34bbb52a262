"""Rules between the entries of a list."""

import pytest

from exporter.contract.errors import InvalidWidget
from exporter.contract.widget import Widget
from exporter.editing import with_values
from exporter.providers.registry import provider


def widget() -> Widget:
    return provider("chatkit").widget(provider="chatkit")


@pytest.mark.parametrize("path", ["composer.models", "composer.tools"])
def test_an_id_stands_once(path: str) -> None:
    twice = [{"id": "a", "label": "A"}, {"id": "a", "label": "B"}]
    with pytest.raises(InvalidWidget, match='has the id "a" twice'):
        with_values(widget(), {path: twice})


def test_one_model_at_most_is_the_default() -> None:
    models = [{"id": name, "label": name, "default": True} for name in "ab"]
    with pytest.raises(InvalidWidget, match="more than one default"):
        with_values(widget(), {"composer.models": models})


def test_an_entry_of_a_table_may_have_dots_in_its_name() -> None:
    n8n = provider("n8n").widget(provider="n8n")
    changed = with_values(n8n, {"connection.metadata.a.b": 1})
    assert changed.plain()["connection"]["metadata"] == {"a.b": 1}


def test_a_table_that_is_none_is_refused_with_its_entry() -> None:
    n8n = provider("n8n").widget(provider="n8n")
    with pytest.raises(InvalidWidget, match="must be a table"):
        with_values(n8n, {"connection.metadata": 5, "connection.metadata.a": 1})


@pytest.mark.parametrize("index", ["9", "-1", "x", "²", "٣"])
def test_an_entry_that_is_not_there_is_no_setting(index: str) -> None:
    with pytest.raises(InvalidWidget, match="is no setting"):
        with_values(widget(), {f"start_screen.prompts.{index}": {"label": "a"}})
