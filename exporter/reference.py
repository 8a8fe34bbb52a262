"""The page of all settings, made from the settings: `python -m exporter.reference`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from exporter.contract.specs import SectionSpec, SettingSpec, sections_of
from exporter.providers.registry import providers

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = """# Settings

Every setting of a widget file, by section, as `--set PATH=VALUE` takes it. Made from
the settings themselves by `python -m exporter.reference`; change nothing here by hand.
A setting without a mark belongs to every provider.
"""


def reference() -> str:
    """The whole page, as Markdown."""
    return "\n".join((_HEAD, *_sections())) + "\n"


def _sections() -> Iterator[str]:
    found: dict[str, dict[str, dict[str, SettingSpec]]] = {}
    heads: dict[str, SectionSpec] = {}
    for provider in providers():
        for section in sections_of(provider.widget):
            heads.setdefault(section.name, section)
            rows = found.setdefault(section.name, {})
            for spec in section.settings:
                rows.setdefault(spec.path, {})[provider.title] = spec
    for name, section in sorted(heads.items(), key=lambda item: item[1].info.order):
        yield f"## {section.info.title}\n"
        if section.info.help:
            yield f"{section.info.help}\n"
        yield "| setting | what | takes | default |\n|---|---|---|---|"
        for specs in found[name].values():
            yield from _rows(specs)
        yield ""


def _rows(specs: dict[str, SettingSpec]) -> Iterator[str]:
    """One row, or one for each provider where they differ."""
    alike: dict[str, list[str]] = {}
    for title, spec in specs.items():
        cells = f"{_what(spec)} | {_takes(spec)} | {_default(spec)}"
        alike.setdefault(cells, []).append(title)
    path = next(iter(specs.values())).path
    for cells, titles in alike.items():
        own = len(titles) < len(providers())
        mark = f" *({', '.join(titles)})*" if own else ""
        yield f"| `{path}`{mark} | {cells} |"


def _what(spec: SettingSpec) -> str:
    title = f"{spec.group} · {spec.title}" if spec.group else spec.title
    return _cell(f"{title}. {spec.help}".strip() if spec.help else title)


def _takes(spec: SettingSpec) -> str:
    if spec.options and len(spec.options) <= 12:
        return ", ".join(f"`{value}`" for value, _ in spec.options)
    if spec.options:
        return f"one of {len(spec.options)} names, such as `{spec.options[0][0]}`"
    if spec.minimum is not None:
        unit = f" {spec.unit}" if spec.unit else ""
        most = "" if spec.maximum is None else f" to {spec.maximum:g}"
        return f"{spec.minimum:g}{most or ' or more'}{unit}"
    words = _KINDS.get(spec.control, "text")
    return words if spec.max_length is None else f"{words}, at most {spec.max_length}"


def _default(spec: SettingSpec) -> str:
    if spec.default in ("", None, [], {}):
        return f"({_cell(spec.placeholder)})" if spec.placeholder else ""
    return f"`{json.dumps(spec.default, ensure_ascii=False)}`".replace('"', "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


_KINDS = {
    "color": "a CSS colour",
    "domains": "a list of sites",
    "font": "a font's name",
    "font_sources": "a list of font files",
    "image": "an https address or a data: image",
    "lines": "a list of texts",
    "models": "a list of models",
    "multiline": "text, lines too",
    "number": "a number",
    "prompts": "a list of prompts",
    "switch": "`true`, `false`",
    "table": "names with values",
    "texts": "names with texts",
    "tools": "a list of tools",
}


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # typeshed
    print(reference(), end="")
