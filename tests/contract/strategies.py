"""Widgets made by chance from nothing but the settings' own declarations."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from hypothesis import strategies as st
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from exporter.contract.icons import CHATKIT_ICONS, HEADER_ICONS
from exporter.contract.specs import SettingSpec, settings_of
from exporter.contract.texts import TEXT_KEYS
from exporter.files import parse_widget

if TYPE_CHECKING:
    from exporter.contract.provider import Provider
    from exporter.contract.widget import Widget

PNG = "data:image/png;base64,iVBORw0KGgo="
WOFF2 = "data:font/woff2;base64,d09GMgABAAA="
ADDRESSES = ("", "https://n8n.example/webhook/a-1/chat", "http://localhost:5678/x")
HOSTS = ("shop.example", "*.shop.example", "localhost:5173", "xn--bcher-kva.example")

letters = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))
lines = st.text(letters, max_size=40)
colors = st.from_regex(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?", fullmatch=True).filter(
    lambda color: len(color) == 7 or not color.endswith("ff")
)
scalars = st.one_of(
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    lines,
)
names = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,20}", fullmatch=True)

# By the name of an annotation's validator: what it lets through.
_BY_RULE: dict[str, st.SearchStrategy[Any]] = {
    "normal_color": colors,
    "web_address": st.sampled_from(ADDRESSES),
    "_link": st.sampled_from((*ADDRESSES, "mailto:a@shop.example", "tel:+4930123")),
    "_image": st.sampled_from(("", PNG, "https://shop.example/a.png")),
    "_font_source": st.sampled_from((WOFF2, "https://shop.example/a.woff2")),
    "_family": st.sampled_from(("Inter", "System", "Noto Sans JP", "Größe-1")),
    "_checked": st.sampled_from(HOSTS),
    "_text_key": st.sampled_from(TEXT_KEYS),
    "checked_icon": st.sampled_from(("", "lucide:bot", *CHATKIT_ICONS)),
    "checked_header_icon": st.sampled_from(tuple(HEADER_ICONS)),
    "_header_name": names.map(lambda name: f"X-{name}"),
    "_scalar": scalars,
    "_version": st.sampled_from(("", "3", "v1.2-a")),
}


def values_of(spec: SettingSpec) -> st.SearchStrategy[Any]:
    """Valid JSON values of one setting."""
    return _of(spec.kind)


def widgets(provider: Provider) -> st.SearchStrategy[Widget]:
    """Valid widgets of a provider; each differs from the default in some settings."""
    specs = settings_of(provider.widget)
    choice = {path: values_of(spec) for path, spec in specs.items()}
    changes = st.lists(st.sampled_from(sorted(choice)), max_size=14, unique=True)
    return changes.flatmap(
        lambda paths: st.fixed_dictionaries({path: choice[path] for path in paths})
    ).map(lambda values: _made(provider, values))


def _made(provider: Provider, values: dict[str, Any]) -> Widget:
    raw = provider.widget(provider=provider.name, key="A" * 16).plain()
    for path, value in values.items():
        *parents, last = path.split(".")
        place = raw
        for part in parents:
            place = place[part]
        place[last] = value
    return parse_widget(raw)


def _of(kind: Any, rules: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    if get_origin(kind) is Annotated:
        inner, *more = get_args(kind)
        return _of(inner, (*_flat(more), *rules))
    for rule in rules:
        name = getattr(getattr(rule, "func", None), "__name__", "")
        if name in _BY_RULE:
            return _BY_RULE[name]
    return _plain(kind, rules)


def _plain(kind: Any, rules: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    low, high = _limit(rules, Ge, "ge"), _limit(rules, Le, "le")
    short, long = (
        _limit(rules, MinLen, "min_length"),
        _limit(rules, MaxLen, "max_length"),
    )
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in (Union, types.UnionType):
        return st.one_of(*(_of(choice, rules) for choice in inner))
    if origin is tuple:
        items = st.lists(_of(inner[0]), max_size=min(long or 3, 3))
        return items.filter(_acceptable(rules))
    if origin is dict:
        # Hypothesis draws words of our own source too, and scripts reserve this one.
        names = _of(inner[0]).filter(lambda name: name != "__proto__")
        return st.dictionaries(names, _of(inner[1]), max_size=min(long or 3, 3))
    if kind is type(None):
        return st.none()
    if kind is bool:
        return st.booleans()
    if kind is int:
        return st.integers(low, high)
    if kind is str:
        return _text(rules, short or 0, long or 64)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _group(kind)
    raise AssertionError(f"no strategy for {kind}")


def _text(rules: tuple[Any, ...], short: int, long: int) -> st.SearchStrategy[str]:
    pattern = next((r.pattern for r in rules if getattr(r, "pattern", None)), None)
    if pattern is not None:
        made = st.from_regex(str(pattern).replace("$", r"\Z"))
        return made.filter(lambda text: len(text) <= long)
    made = st.text(letters, min_size=short, max_size=min(long, 40))
    return made.filter(lambda text: not short or bool(text.strip()))


def _group(kind: type[BaseModel]) -> st.SearchStrategy[Any]:
    fields = kind.model_fields.items()
    return st.fixed_dictionaries(
        {name: _field(field) for name, field in fields if field.is_required()},
        optional={
            name: _field(field) for name, field in fields if not field.is_required()
        },
    )


def _field(field: FieldInfo) -> st.SearchStrategy[Any]:
    return _of(field.annotation, _flat(field.metadata))


def _flat(rules: Any) -> tuple[Any, ...]:
    found: list[Any] = []
    for rule in rules:
        found += _flat(rule.metadata) if isinstance(rule, FieldInfo) else [rule]
    return tuple(found)


def _limit(rules: tuple[Any, ...], kind: type, name: str) -> Any:
    for rule in rules:
        if isinstance(rule, kind | StringConstraints) and hasattr(rule, name):
            value = getattr(rule, name)
            if value is not None:
                return value
    return None


def _acceptable(rules: tuple[Any, ...]) -> Any:
    """Lists also keep the rules between their items: ids once, one default."""

    def holds(items: list[Any]) -> bool:
        ids = [item["id"] for item in items if isinstance(item, dict) and "id" in item]
        chosen = [i for i in items if isinstance(i, dict) and i.get("default") is True]
        return len(ids) == len(set(ids)) and len(chosen) < 2

    return holds
