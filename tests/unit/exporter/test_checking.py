"""One setting, checked by itself, answers as the whole widget would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporter.checking import findings_for
from exporter.contract.errors import InvalidWidget
from exporter.contract.specs import settings_of
from exporter.editing import with_values
from exporter.providers.registry import provider, providers

if TYPE_CHECKING:
    from exporter.contract.provider import Provider
    from exporter.contract.specs import SettingSpec

SPECS = [
    pytest.param(kind, spec, id=f"{kind.name}:{path}")
    for kind in providers()
    for path, spec in settings_of(kind.widget).items()
]
WRONG: tuple[object, ...] = (
    None,
    True,
    -1e9,
    3.5,
    "\x00",
    "javascript:alert(1)",
    ["\x00"],
    [{"label": "", "icon": "no-icon", "id": "ü", "family": "?", "src": "x"}],
    {"": 1, "Cookie": "a"},
    {"nested": {"deep": []}},
)


@pytest.mark.parametrize(("kind", "spec"), SPECS)
def test_default_is_accepted(kind: Provider, spec: SettingSpec) -> None:
    assert findings_for(spec, spec.default) == ()


@pytest.mark.parametrize(("kind", "spec"), SPECS)
def test_answers_like_the_whole_widget(kind: Provider, spec: SettingSpec) -> None:
    widget = kind.widget(provider=kind.name)
    for value in WRONG:
        try:
            with_values(widget, {spec.path: value})
            whole = []
        except InvalidWidget as error:
            whole = [
                (f.path.removeprefix(spec.path).removeprefix("."), f.rule)
                for f in error.findings
            ]
        alone = [(f.path, f.rule) for f in findings_for(spec, value)]
        assert alone == whole, value


def test_paths_name_the_row() -> None:
    spec = settings_of(provider("n8n").widget)["start_screen.prompts"]
    found = findings_for(spec, [{"label": "ok"}, {"label": "", "icon": "none"}])
    assert [f.path for f in found] == ["1.label", "1.icon"]
