"""A saved page made harmless: no scripts, no addresses but those of its own parts."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from desktop.backdrops.styles import clean_css

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Attributes = list[tuple[str, str | None]]

_DROPPED = {"script", "base", "object", "embed", "applet", "param", "plaintext"}
_SKIPPED = {"script", "object", "applet"}
"""Those whose content goes too."""
_LINKS = ("stylesheet", "icon")
_URLS = {"src", "poster", "background"}
_SETS = {"srcset", "imagesrcset"}
_REFUSED = {
    *("nonce", "integrity", "ping", "srcdoc", "action", "formaction", "target"),
    *("crossorigin", "manifest", "data", "codebase", "classid", "archive", "autofocus"),
}
_DRAWN = {"use", "image", "feimage", "pattern", "lineargradient", "radialgradient"}
_VOID = {
    *("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track"),
    *("wbr",),
}


class Cleaner(HTMLParser):
    """`take(address)` gives a part's new address, or None where there is none.

    `title` is the page's own; `missing` counts the parts that were not saved.
    """

    def __init__(self, base: str, take: Callable[[str], str | None]) -> None:
        super().__init__(convert_charrefs=False)
        self._base, self._take = base, take
        self._out: list[str] = []
        self._skipping = ""
        self._raw = ""
        self.title = ""
        self.missing = 0

    def clean(self, text: str) -> str:
        """The page, whole: with its own encoding said, and an end."""
        self.feed(text)
        self.close()
        html = "".join(self._out)
        meta = '<meta charset="utf-8">'
        head = re.search(r"<head[^>]*>", html)
        at = head.end() if head else 0
        html = f"{html[:at]}{meta}{html[at:]}"
        return html if "</body>" in html else f"{html}</body></html>"

    def handle_decl(self, decl: str) -> None:
        if decl.lower().startswith("doctype"):
            self._out.insert(0, "<!doctype html>")

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self._skipping:
            return
        if tag == "base":
            self._base = urljoin(self._base, dict(attrs).get("href") or "")
        if tag in _SKIPPED:
            self._skipping = tag
        if tag in _DROPPED or not self._stays(tag, dict(attrs)):
            return
        self._raw = tag if tag in ("style", "title") else ""
        words = "".join(self._attributes(tag, attrs))
        self._out.append(f"<{tag}{words}>")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)
        if tag == self._skipping:
            self._skipping = ""
        elif not self._skipping and tag not in _DROPPED and tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            self._skipping = "" if tag == self._skipping else self._skipping
            return
        if tag not in _DROPPED and tag not in _VOID:
            self._raw = ""
            self._out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        if self._raw == "style":
            css = clean_css(data, self._found)
            # Within a drawing a browser reads a sheet as markup.
            self._out.append(css.replace("<", "\\3c "))
        elif self._raw == "title":
            self.title = f"{self.title}{data}"[:300]
            self._out.append(escape(data, quote=False))
        else:
            self._out.append(escape(data, quote=False))

    def handle_entityref(self, name: str) -> None:
        self._mark(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._mark(f"&#{name};")

    def _mark(self, text: str) -> None:
        if not self._skipping:
            self.title += text if self._raw == "title" else ""
            self._out.append(text)

    def _stays(self, tag: str, values: dict[str, str | None]) -> bool:
        if tag == "meta":
            return "http-equiv" not in values and "charset" not in values
        if tag == "link":
            rel = (values.get("rel") or "").lower().split()
            return any(kind in rel for kind in _LINKS) and self._has(values)
        return True

    def _has(self, values: dict[str, str | None]) -> bool:
        return self._found(values.get("href") or "") is not None

    def _attributes(self, tag: str, attrs: Attributes) -> Iterator[str]:
        for name, value in attrs:
            kept = self._attribute(tag, name.lower(), value or "")
            if kept is not None and re.fullmatch(r"[^\s\"'<>/=\x00]+", name):
                yield f' {name}="{escape(kept)}"'

    def _attribute(self, tag: str, name: str, value: str) -> str | None:
        if name.startswith("on") or name in _REFUSED:
            return None
        if name == "style":
            return clean_css(value, self._found)
        if name in _URLS:
            return None if tag in ("iframe", "frame") else self._part(value)
        if name in _SETS:
            return self._set(value) or None
        if name in ("href", "xlink:href"):
            return self._reference(tag, value)
        if name == "attributename" and "href" in value.lower():
            return None
        return clean_css(value, self._found) if "url" in value.lower() else value

    def _reference(self, tag: str, value: str) -> str | None:
        """Links of the page lead nowhere; its parts to what was saved of them."""
        if value.strip().startswith("#"):
            return value.strip()
        if tag in ("a", "area"):
            return "#"
        return self._part(value) if tag == "link" or tag in _DRAWN else None

    def _part(self, value: str) -> str | None:
        if re.match(r"\s*data:image/", value, re.IGNORECASE):
            return value
        return self._found(value)

    def _set(self, value: str) -> str:
        candidates = (part.split() for part in value.split(", "))
        named = ((self._found(c[0].strip(",")), c[1:]) for c in candidates if c)
        return ", ".join(" ".join((at, *rest)) for at, rest in named if at)

    def _found(self, address: str) -> str | None:
        name = self._take(urljoin(self._base, address.strip()))
        self.missing += name is None
        return name
