"""Schirmer and ocular staining before and after: the mean of both eyes, or one eye under another option (A9 to A11)."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from crf_desktop.analysis import spelling
from crf_desktop.analysis.comparison import BEFORE, Voice, exact, lacking, not_risen, pair_of
from crf_desktop.analysis.measure import Measure
from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Pair, Pairs, Part
from crf_desktop.analysis.spelling import amount, decimals, shown
from crf_desktop.model.text import TranslatedText

RISE: Final = Fraction(5)
"""Millimetres (Seror 2022, Table 3; registry)."""
ABNORMAL: Final = Fraction(5)
OSS_FALL, OSS_ABNORMAL = Fraction(2), Fraction(3)


def eye_of(pairs: Pairs, options: Options) -> Pair:
    """Before and after of the mean, or of the eye an option names.

    The worse eye had the lower value at week 0. Equal eyes: the one that rose less, or that was
    read at week 28; only one read at week 0: that one (M10).
    """
    if options.schirmer_eye == "mean":
        return pair_of(pairs, "schirmer_mean")
    right, left = pair_of(pairs, "schirmer_right"), pair_of(pairs, "schirmer_left")
    known = [p for p in (right, left) if p.base.value is not None]
    if len(known) < 2:
        return known[0] if known else pair_of(pairs, "schirmer_mean")
    first, second = exact_base(right), exact_base(left)
    if first == second:
        read = [p for p in known if p.followup.value is not None]
        return min(read, key=lambda p: exact(p)[1]) if read else right
    worse = right if first < second else left
    return worse if options.schirmer_eye == "worse" else (left if worse is right else right)


def exact_base(pair: Pair) -> Fraction:
    """The value of week 0, where it is known."""
    if pair.base.value is None:
        raise TypeError(pair.base.name)
    return pair.base.value


def abnormal(measure: Measure, options: Options) -> bool:
    """Schirmer below 5 mm (STAR), or up to 5 mm (AECG) under the other option (A11)."""
    value = measure.value or Fraction()
    return value < ABNORMAL or (options.schirmer_abnormal == "up_to_5" and value == ABNORMAL)


def rises(pair: Pair, voice: Voice) -> Part:
    """Whether Schirmer rises by at least 5.0 mm."""
    base, followup = pair.base, pair.followup
    unit = base.unit if base.unit.en else followup.unit
    if base.value is None or followup.value is None:
        digits = max(decimals(base), 1)
        needed = spelling.at_least((base.value or Fraction()) + RISE, digits, unit)
        return lacking("schirmer", pair, voice, needed)
    rise, wanted = followup.value - base.value, amount(RISE, 1, unit)
    if rise <= 0:
        return Part("schirmer", pair, False, not_risen(pair, rise, spelling.bound(True, wanted), voice))
    said = voice.say(
        "rose_mm", by_unit=amount(rise, max(decimals(base, followup), 1), unit), base=shown(base),
        mark=spelling.mark(rise, RISE, wanted), bound=spelling.bound(rise >= RISE, wanted),
    )  # fmt: skip
    return Part("schirmer", pair, rise >= RISE, said)


def rises_or_stays_normal(pair: Pair, options: Options, voice: Voice) -> Part:
    """STAR: abnormal at week 0 rises by at least 5 mm, normal at week 0 does not become abnormal."""
    base, followup = pair.base, pair.followup
    up_to = options.schirmer_abnormal == "up_to_5"
    unit = base.unit if base.unit.en else followup.unit
    limit = amount(ABNORMAL, 0, unit)
    signs = (">", "≤") if up_to else ("≥", "<")
    if base.value is None or abnormal(base, options):
        return rises(pair, voice)
    if followup.value is None:
        return lacking("schirmer", pair, voice, _signed(signs[0], limit))
    held = not abnormal(followup, options)
    return Part("schirmer", pair, held, _normal(pair, held, _signed(signs[0], limit), _signed(signs[1], limit), voice))


def staining(pair: Pair, voice: Voice) -> Part:
    """STAR: OSS abnormal (≥3) at week 0 falls by at least 2, normal at week 0 does not become abnormal."""
    if pair.base.value is None or pair.followup.value is None:
        return Part("oss", pair, None, voice.say("no_oss"))
    base, followup = exact(pair)
    limit = amount(OSS_ABNORMAL, 0)
    if base < OSS_ABNORMAL:
        held = followup < OSS_ABNORMAL
        return Part("oss", pair, held, _normal(pair, held, _signed("<", limit), _signed("≥", limit), voice))
    return falls_points("oss", pair, OSS_FALL, voice)


def falls_points(key: str, pair: Pair, least: Fraction, voice: Voice) -> Part:
    """Whether a score falls by at least so many points."""
    if pair.base.value is None or pair.followup.value is None:
        return lacking(key, pair, voice)
    base, followup = exact(pair)
    fall, wanted = base - followup, amount(least, 0)
    by = amount(abs(fall), decimals(pair.base, pair.followup))
    if fall <= 0:
        kind = "fall_rose" if fall else "fall_same"
        told = {"by": by, "by_unit": by, "base": shown(pair.base), "wanted": spelling.bound(True, wanted)}
        return Part(key, pair, False, voice.say(kind, **told))
    return Part(key, pair, fall >= least, voice.say("points_fell", by=by, bound=spelling.bound(fall >= least, wanted)))


def _normal(pair: Pair, held: bool, normal: TranslatedText, turned: TranslatedText, voice: Voice) -> TranslatedText:
    return voice.say(
        "stays_normal" if held else "turns_abnormal", visit=spelling.visit_name(pair.base, BEFORE),
        base=shown(pair.base), followup=shown(pair.followup), normal=normal, abnormal=turned,
    )  # fmt: skip


def _signed(sign: str, limit: TranslatedText) -> TranslatedText:
    return TranslatedText(sign + limit.en, sign + limit.zh)
