"""Deleting in order: a page has to be gone before its profile goes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject


def bury(*objects: QObject) -> None:
    """Delete these now, first to last; nothing of theirs may be on the call stack."""
    for each in objects:
        each.deleteLater()
        QCoreApplication.sendPostedEvents(each, QEvent.Type.DeferredDelete.value)
