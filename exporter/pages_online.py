"""A page's address instead of its code: fetched once, politely, with limits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from exporter.contract.errors import InputError, VitrineError, WorldError
from exporter.importing import Imported, import_widget
from exporter.world import NoAnswer, World

if TYPE_CHECKING:
    import httpx

_SCRIPT = re.compile(r"<script\b[^<>]*\bsrc\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_MOST_SCRIPTS = 8
_VENDORS = re.compile(r"n8n|chat|typebot|flowise|bot|widget|main|app", re.IGNORECASE)


def is_address(source: str) -> bool:
    """Whether a source is a page's address rather than a file's name."""
    return urlsplit(source).scheme in ("http", "https")


def import_page(address: str, client: httpx.Client) -> Imported:
    """The widget that a page carries, in its own code or in a script of its own site.

    Where there is none but the address itself says enough, as that of n8n's chat page
    does, it is taken. Raises InputError or WorldError where nothing is found.
    """
    try:
        return _on_page(address, World(client))
    except VitrineError:
        try:
            return import_widget(address)
        except InputError:
            pass
        raise


def _on_page(address: str, world: World) -> Imported:
    try:
        answer = world.visit(address)
    except NoAnswer as reason:
        raise WorldError(f"{address} {reason}.", "Check the address.") from reason
    if answer.status >= 400:
        raise WorldError(
            f"{address} answers {answer.status}.",
            "Open the page in a browser, and paste the snippet from its source.",
        )
    try:
        return import_widget(answer.text)
    except InputError as nothing:
        found = _in_scripts(world, answer.url, answer.text)
        if found is None:
            raise InputError(
                f"{address} carries no widget that is known.",
                "It may come by a tag manager: paste the snippet itself.",
            ) from nothing
        return found


def _in_scripts(world: World, page: str, text: str) -> Imported | None:
    """Look into the site's own scripts, likely ones first, and not many."""
    named = (_address(page, found) for found in _SCRIPT.findall(text))
    own = [one for one in dict.fromkeys(named) if one and _is_own(one, page)]
    own.sort(key=lambda address: not _VENDORS.search(urlsplit(address).path))
    for address in own[:_MOST_SCRIPTS]:
        try:
            answer = world.visit(address)
            if answer.status == 200:
                return import_widget(answer.text)
        except (NoAnswer, InputError):
            continue
    return None


def _address(page: str, named: str) -> str:
    """The whole address that a page names, "" where it is none."""
    try:
        whole = urljoin(page, named)
        return whole if urlsplit(whole).hostname else ""
    except ValueError:
        return ""


def _is_own(script: str, page: str) -> bool:
    """Whether a script comes from the page's own site or a name below it."""
    there, here = urlsplit(script), urlsplit(page)
    site = (here.hostname or "").removeprefix("www.")
    return there.netloc == here.netloc or (there.hostname or "").endswith(f".{site}")
