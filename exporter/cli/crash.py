"""A report of what must not happen: the traceback, without anything secret."""

from __future__ import annotations

import platform
import re
import tempfile
import time
import traceback
from pathlib import Path

_SECRETS = re.compile(
    r"(?i)\b(sk|ek)[-_][\w-]{6,}"
    r"|\bBearer\s+[\w.~+/=-]+"
    r"|\bBasic\s+[A-Za-z0-9+/=]{6,}"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)


def report(error: BaseException) -> str:
    """Write the report into the platform's log folder; answers where it is."""
    text = _text(error)
    for folder in (_log_folder(), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            name = time.strftime("crash-%Y%m%d-%H%M%S-", time.gmtime())
            with tempfile.NamedTemporaryFile(
                "w",
                encoding="utf-8",
                prefix=name,
                suffix=".txt",
                dir=folder,
                delete=False,
            ) as file:
                file.write(text)
        except OSError:
            continue
        return file.name
    return "no folder that can be written to"


def without_secrets(text: str) -> str:
    """The text with keys, tokens and passwords blacked out."""
    return _SECRETS.sub("████", text)


def _text(error: BaseException) -> str:
    lines = "".join(traceback.format_exception(error))
    system = f"Python {platform.python_version()} on {platform.platform()}"
    return without_secrets(f"{system}\n\n{lines}").encode("utf-8", "replace").decode()


def _log_folder() -> Path:
    from platformdirs import user_log_path

    return user_log_path("vitrine", appauthor=False)
