"""Running one command: arguments in, exit code out, never a traceback.

Exit codes: 0 done, 1 the input is wrong, 2 usage, 3 the world failed.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

USAGE, WORLD, INTERRUPTED = 2, 3, 130
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Usage(Exception):
    """The command line itself is wrong; holds the sentence."""


class Parser(argparse.ArgumentParser):
    """An argument parser that complains in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Raise Usage instead of printing and leaving."""
        raise Usage(f"{self.prog}: {message.rstrip('.')}. Try {self.prog} --help.")


def run_command(name: str, module: str, arguments: Sequence[str]) -> int:
    """Parse `arguments` for the command in `module` and run it."""

    def job() -> int:
        command = import_module(module)
        parser = Parser(
            f"main.py {name}",
            description=(command.__doc__ or "").partition("\n")[0],
            allow_abbrev=False,
        )
        command.add_arguments(parser)
        return int(command.run(parser.parse_args(arguments)))

    return guarded(job)


def guarded(job: Callable[[], int]) -> int:
    """Run a job; errors become a sentence on stderr and an exit code."""
    _speak_utf8()
    try:
        code = job()
        sys.stdout.flush()
        return code
    except SystemExit as stop:  # --help
        return stop.code if isinstance(stop.code, int) else 0
    except BrokenPipeError:
        # Whoever read our output had enough; nothing is left to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except Usage as error:
        complain(str(error))
        return USAGE
    except Exception as error:
        return _failed(error)


def complain(sentence: str) -> None:
    """Say one line on stderr."""
    print(shown(" ".join(sentence.split())), file=sys.stderr)


def shown(words: str) -> str:
    """Words of anybody's as one line that tells the terminal nothing."""
    return _CONTROL.sub("�", words)


def _failed(error: Exception) -> int:
    from exporter.contract.errors import VitrineError

    if isinstance(error, VitrineError):
        complain(str(error))
        return error.exit_code
    if isinstance(error, OSError):
        complain(f"The system refused: {error.strerror or error}.")
        return WORLD
    from exporter.cli.crash import report

    place = report(error)
    complain(f"Vitrine failed where it must not. The report is in {place}.")
    return WORLD


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
