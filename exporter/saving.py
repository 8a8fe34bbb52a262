"""Writing what was made: all of it or nothing, and never over something else."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import tempfile
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.contract.errors import InputError, WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MANIFEST = "vitrine.json"
"""A saved folder's list of its own files; what it lists may be replaced."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def save(target: Path, data: bytes) -> None:
    """Write a file through a neighbour that takes its place; raises WorldError.

    An existing file is replaced, keeping its permissions; a folder, a device or
    anything else that is no file is refused.
    """
    target = _real(target)
    with _sentences(target):
        _check_file(target)
        handle, name = tempfile.mkstemp(
            prefix=f".{target.name[:40]}.", dir=_home(target)
        )
        try:
            with os.fdopen(handle, "wb") as file:
                os.chmod(name, _permissions(target))
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
        _sync_folder(target.parent)


def save_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder of files, named by relative paths with "/", all or nothing.

    An existing folder is replaced only if it is empty or holds nothing but what an
    earlier run wrote there and listed in its manifest; raises InputError otherwise.
    """
    target = _real(target)
    with _sentences(target):
        _check_replaceable(target)
        home = _home(target)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", dir=home))
        try:
            os.chmod(fresh, 0o777 & ~_umask())
            for name, data in {**files, MANIFEST: manifest(files)}.items():
                place = fresh / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
            _swap(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def manifest(files: Mapping[str, bytes]) -> bytes:
    """The list of a folder's files with their SHA-256, as JSON."""
    sums = {name: sha256(files[name]).hexdigest() for name in sorted(files)}
    return (json.dumps({"files": sums}, indent=2) + "\n").encode()


def _check_file(target: Path) -> None:
    if target.exists() and not target.is_file():
        kind = "a folder" if target.is_dir() else "no ordinary file"
        raise InputError(f"{target} is {kind}.", "Name a file to write.")


def _check_replaceable(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise InputError(f"{target} is a file.", "Name a folder, or OUT.zip.")
    found = {
        path.relative_to(target).as_posix()
        for path in target.rglob("*")
        if not path.is_dir() or path.is_symlink()
    }
    foreign = sorted(found - _listed(target) - {MANIFEST})
    if foreign:
        raise InputError(
            f"The folder {target} holds {foreign[0]}, which is not ours to replace.",
            "Name a new or empty folder.",
        )


def _listed(target: Path) -> set[str]:
    try:
        return set(json.loads((target / MANIFEST).read_bytes())["files"])
    except (OSError, ValueError, LookupError, TypeError):
        return set()


def _swap(fresh: Path, target: Path) -> None:
    if not target.exists():
        os.rename(fresh, target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", dir=target.parent))
    try:
        os.rename(target, old / "old")
        try:
            os.rename(fresh, target)
        except BaseException:
            os.rename(old / "old", target)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _real(target: Path) -> Path:
    """The place behind symbolic links, so that a link is never replaced."""
    try:
        return Path(os.path.realpath(target))
    except ValueError as error:
        raise InputError(f"{str(target)!r} is no file name.") from error


def _home(target: Path) -> Path:
    if not target.parent.is_dir():
        raise WorldError(
            f"The folder {target.parent} does not exist.", "Make it, or name another."
        )
    return target.parent


def _permissions(target: Path) -> int:
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    return 0o666 & ~_umask()


def _umask() -> int:
    value = os.umask(0o022)
    os.umask(value)
    return value


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _sentences(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WorldError(*_explained(error, target)) from error


def _explained(error: OSError, target: Path) -> tuple[str, str]:
    if error.errno in _FULL:
        return f"The disk is full: {target} was not written.", "Make room, try again."
    if error.errno in _CLOSED:
        return f"{target.parent} may not be written to.", "Choose another folder."
    if error.errno == errno.ENAMETOOLONG:
        return f"The name {target.name[:40]}… is too long.", "Choose a shorter one."
    reason = (error.strerror or str(error)).rstrip(".")
    return f"{target} was not written: {reason}.", "Choose another place."
