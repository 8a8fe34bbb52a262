"""What is offered: everything there is, each with a face, found by its words."""

from __future__ import annotations

import itertools

import pytest

from desktop.export.choices import choices, found
from desktop.export.kinds import KIND_FACES, face
from desktop.style.drawings import drawing
from exporter.packages import KINDS
from exporter.providers.registry import providers


@pytest.mark.parametrize("kind", providers(), ids=lambda kind: kind.name)
def test_everything_is_offered_once_and_groups_stand_together(kind: object) -> None:
    offered = choices(kind.samples()[0])  # type: ignore[attr-defined]
    assert len({one.name for one in offered}) == len(offered)
    groups = [one.group for one in offered]
    changes = sum(a != b for a, b in itertools.pairwise(groups))
    assert changes == len(set(groups)) - 1
    for one in offered:
        assert drawing(one.icon)


def test_every_kind_of_package_has_a_face_of_its_own() -> None:
    assert set(KIND_FACES) == set(KINDS)
    assert all(one.steps for one in KIND_FACES.values())
    endings = {one.ending for one in KIND_FACES.values()}
    assert len(endings) == len(KINDS)
    assert face("newer").ending == "-newer.zip"


def test_a_name_is_found_before_a_word_that_is_said_of_something() -> None:
    offered = choices(providers()[0].samples()[0])
    assert [one.name for one in found("shop", offered)] == ["shopify"]
    assert "squarespace" in [one.name for one in found("footer", offered)]
    assert [one.name for one in found("PLUGIN wordpress", offered)] == [
        "package:wordpress"
    ]
    assert found("", offered) == list(offered)
    assert found("no such", offered) == []
