"""How far two colours are apart for the eye, and the nearest that is far enough.

Colours are the contract's: "#rrggbb" or "#rrggbbaa". Contrast is WCAG 2's; its few
lines and OKLab's stand here because coloraide takes as long to import as the whole
check may take. Tests hold them to coloraide's results.
"""

from __future__ import annotations

Lab = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two opaque colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    """WCAG's relative luminance, 0 to 1."""
    red, green, blue = (_linear(part / 255) for part in _parts(color)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def over(front: str, back: str) -> str:
    """The opaque colour seen where a see-through one lies on an opaque one."""
    *top, alpha = _parts(front)
    mixed = (
        round(one * alpha / 255 + other * (255 - alpha) / 255)
        for one, other in zip(top, _parts(back), strict=False)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


def mixed(one: str, other: str, share: float) -> str:
    """`share` of one colour in another, both opaque, in OKLab."""
    labs = zip(_oklab(one), _oklab(other), strict=True)
    light, a, b = (share * own + (1 - share) * rest for own, rest in labs)
    return _hex((light, a, b))


def readable(color: str, ground: str, least: float) -> str:
    """The nearest colour of the same hue with that contrast on `ground`.

    Only the lightness moves, in OKLCH; colours no screen shows lose chroma.
    """
    lab = _oklab(color)
    reached = [
        found
        for end in (0.0, 1.0)
        if (found := _nearest(lab, end, ground, least)) is not None
    ]
    if not reached:
        return max("#000000", "#ffffff", key=lambda ink: contrast(ink, ground))
    return _hex(min(reached, key=lambda found: abs(found[0] - lab[0])))


def words_on(ground: str) -> str:
    """What the runtime writes in on a colour: white, else that colour, much darker.

    Its style sheet (styles/launcher.js) says the same.
    """
    bright = luminance(ground)
    if bright < 0.183:
        return "#ffffff"
    share = min(0.02, bright / 4.6 - 0.0391) / bright
    parts = (_gamma(_linear(part / 255) * share) for part in _parts(ground)[:3])
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


def _nearest(lab: Lab, end: float, ground: str, least: float) -> Lab | None:
    """Move the lightness towards `end`, only as far as it has to go."""
    near, far = lab[0], end
    if contrast(_hex((far, *lab[1:])), ground) < least:
        return None
    for _ in range(16):
        middle = (near + far) / 2
        if contrast(_hex((middle, *lab[1:])), ground) < least:
            near = middle
        else:
            far = middle
    return far, *lab[1:]


def _oklab(color: str) -> Lab:
    """Björn Ottosson's OKLab, from sRGB."""
    red, green, blue = (_linear(part / 255) for part in _parts(color)[:3])
    cones = (
        0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
        0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
        0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
    )
    long, middle, short = (cone ** (1 / 3) for cone in cones)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _hex(lab: Lab) -> str:
    """The screen's colour of that lightness and hue, with all the chroma it can."""
    light, a, b = lab
    low, high = 0.0, 1.0
    parts = _linear_parts(lab)
    if not _shown(parts):
        for _ in range(12):
            part = (low + high) / 2
            parts = _linear_parts((light, a * part, b * part))
            low, high = (part, high) if _shown(parts) else (low, part)
        parts = _linear_parts((light, a * low, b * low))
    whole = (round(255 * _gamma(min(1.0, max(0.0, part)))) for part in parts)
    return "#" + "".join(f"{part:02x}" for part in whole)


def _linear_parts(lab: Lab) -> Lab:
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _shown(parts: Lab) -> bool:
    return all(-0.0005 <= part <= 1.0005 for part in parts)


def _parts(color: str) -> tuple[int, int, int, int]:
    digits = color[1:] + "ff" * (len(color) == 7)
    red, green, blue, alpha = (int(digits[at : at + 2], 16) for at in range(0, 8, 2))
    return red, green, blue, alpha


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
