"""The colours of the figures, seen by colour-blind eyes and in grey print."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from crf_desktop.analysis.figure_color import DOMAIN_FILLS, GROUP_FILLS, GROUP_LINES, LEVEL_INKS, LEVELS, TOKENS

SIGHTS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Linear RGB as it is seen: Machado, Oliveira, Fernandes 2009 (IEEE TVCG 15:1291), severity 1."""

Triple = tuple[float, float, float]


def linear(color: str) -> Triple:
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def luminance(color: str) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(color: str, sight: str) -> Triple:
    seen = (sum(a * b for a, b in zip(row, linear(color), strict=True)) for row in SIGHTS[sight])
    red, green, blue = (min(max(part, 0), 1) for part in seen)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.0890,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, sight: str) -> float:
    """CIE76: about 2 is just noticeable."""
    return sum((a - b) ** 2 for a, b in zip(lab(one, sight), lab(other, sight), strict=True)) ** 0.5


@pytest.mark.parametrize("sight", SIGHTS)
def test_that_two_domains_differ_in_colour_or_in_hatch_for_every_eye(sight: str) -> None:
    for one, other in combinations(DOMAIN_FILLS, 2):
        assert one.hatch != other.hatch or distance(one.color, other.color, sight) >= 12, (one, other)


def test_that_neighbouring_domains_differ_in_grey_print() -> None:
    for one, other in combinations(DOMAIN_FILLS, 2):
        neighbours = abs(DOMAIN_FILLS.index(one) - DOMAIN_FILLS.index(other)) == 1
        if neighbours:
            assert abs(lab(one.color, "normal")[0] - lab(other.color, "normal")[0]) >= 15, (one, other)


@pytest.mark.parametrize("sight", SIGHTS)
def test_that_groups_differ_in_colour_and_in_hatch_or_dash(sight: str) -> None:
    groups = [GROUP_FILLS[g] for g in ("responder", "non-responder", "indeterminate")]
    assert len({g.hatch for g in groups}) == 3
    for one, other in combinations(groups, 2):
        assert distance(one.color, other.color, sight) >= 20
    assert len({dash for _, dash in GROUP_LINES.values()}) == len(GROUP_LINES)
    assert distance(GROUP_LINES["responder"][0], GROUP_LINES["non-responder"][0], sight) >= 20


@pytest.mark.parametrize("sight", SIGHTS)
def test_that_levels_grow_darker_and_their_digits_stay_readable(sight: str) -> None:
    lightness = [lab(c, sight)[0] for c in LEVELS]
    assert all(a - b >= 12 for a, b in pairwise(lightness))
    assert all(contrast(ground, digit) >= 4.5 for ground, digit in zip(LEVELS, LEVEL_INKS, strict=True))


def test_that_words_and_lines_stand_out_from_the_page() -> None:
    for name in ("text", "text_2", "text_3", "accent", "ok"):
        assert contrast(TOKENS[name], TOKENS["surface"]) >= 4.5
        assert contrast(TOKENS[name], TOKENS["accent_soft"]) >= 4.5 or name == "ok"
    assert all(contrast(color, TOKENS["surface"]) >= 3 for color, _ in GROUP_LINES.values())
