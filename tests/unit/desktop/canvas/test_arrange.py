"""Cards never overlap, always fit where they can, and stand level."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.canvas.arrange import SMALLEST, Footprint, arrange, fit

footprints = st.lists(
    st.builds(
        Footprint,
        st.floats(100, 8000),
        st.floats(100, 5000),
        st.just(88.0),
        st.just(88.0),
    ),
    min_size=1,
    max_size=12,
)


@given(footprints, st.floats(300, 3000), st.floats(300, 2000), st.floats(0, 40))
def test_what_fits_shows_whole(
    cards: list[Footprint], width: float, height: float, gap: float
) -> None:
    scale = fit(cards, width, height, gap)
    found = arrange(cards, scale, width, gap)
    assert SMALLEST <= scale <= 1
    if scale > SMALLEST:
        assert found.width <= width
        assert found.height <= height


@given(footprints, st.floats(0.1, 3), st.floats(300, 3000), st.floats(0, 40))
def test_neighbours_keep_their_distance(
    cards: list[Footprint], scale: float, width: float, gap: float
) -> None:
    found = arrange(cards, scale, width, gap)
    boxes = [
        (x, y, *card.at(scale))
        for card, (x, y) in zip(cards, found.places, strict=True)
    ]
    for one, other in pairwise(boxes):
        beside = one[0] + one[2] + gap <= other[0] + 1e-6
        below = one[1] + one[3] + gap <= other[1] + other[3] + 1e-6
        assert beside or below
    assert all(x >= -1e-6 and y >= -1e-6 for x, y, _, _ in boxes)
    assert max(x + wide for x, _, wide, _ in boxes) <= found.width + 1e-6
    assert max(y + high for _, y, _, high in boxes) <= found.height + 1e-6


def test_one_phone_uses_the_height() -> None:
    phone = Footprint(417, 876, 88, 88)
    assert round(fit([phone], 1280, 762, -24), 3) == round((762 - 88) / 876, 3)


def test_nothing_is_shown_larger_than_it_is() -> None:
    assert fit([Footprint(100, 100, 0, 0)], 5000, 5000, 0) == 1


def test_no_device_is_left_alone_in_the_last_row() -> None:
    cards = [Footprint(100, 100, 0, 0)] * 6
    tops = [y for _, y in arrange(cards, 1, 530, 0).places]
    assert [tops.count(top) for top in sorted(set(tops))] == [3, 3]
