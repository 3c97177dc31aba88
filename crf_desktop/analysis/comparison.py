"""A value before and after: met or not, and the sentence that says why, from the same exact numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from attrs import frozen

from crf_desktop.analysis import spelling
from crf_desktop.analysis.measure import Lack, Measure
from crf_desktop.analysis.outcome import Pair, Pairs, Part
from crf_desktop.analysis.spelling import NONE, amount, decimals, sentence, shown
from crf_desktop.model.derive import fixed
from crf_desktop.model.text import TranslatedText

BEFORE, AFTER = "SE.W0", "SE.W28"


@frozen
class Voice:
    """How a sentence begins: by itself, with what it is about, or as a line of STAR."""

    suffix: str = ""
    """Empty, ``:of`` or ``:short``."""
    of: TranslatedText = NONE
    eyes: bool = False
    """What is missing is missing in both eyes."""

    @property
    def short(self) -> bool:
        """As STAR's column has it."""
        return self.suffix == ":short"

    def say(self, kind: str, **values: TranslatedText | str) -> TranslatedText:
        """A sentence in this voice."""
        return sentence(kind + self.suffix, of=self.of, **values)


PLAIN: Final = Voice()


def about(key: str) -> Voice:
    """With what it is about."""
    return Voice(":of", spelling.subject(key))


def short(key: str) -> Voice:
    """As a line of STAR."""
    return Voice(":short", spelling.subject(key))


def pair_of(pairs: Pairs, name: str) -> Pair:
    """The values before and after; absent ones were not entered."""
    return pairs.get(name) or Pair(Measure(name), Measure(name))


def surely_at_most(measure: Measure, limit: Fraction) -> bool | None:
    """Whether the value lies at or below a limit; of a result with < or > only what holds for every value it may be."""
    if measure.value is not None:
        return measure.value <= limit
    if measure.lack is not Lack.CENSORED or measure.limit is None:
        return None
    if measure.qualifier == "<":
        return True if measure.limit <= limit else None
    return False if measure.limit >= limit else None


def lacking(key: str, pair: Pair, voice: Voice, needed: TranslatedText = NONE) -> Part:
    """A part that cannot be evaluated because a value is missing; ``needed`` is what week 28 would have had to be."""
    if pair.base.value is None:
        return Part(key, pair, None, _missing(pair.base, BEFORE, voice))
    said = _missing(pair.followup, AFTER, voice)
    if needed.en and not voice.short and pair.followup.lack is not Lack.IVIG:
        said = spelling.joined(said, sentence("needed", base=shown(pair.base), target=needed), between=("", ""))
    return Part(key, pair, None, said)


def _missing(measure: Measure, otherwise: str, voice: Voice) -> TranslatedText:
    visit = spelling.visit_name(measure, otherwise)
    if measure.lack is Lack.CENSORED:
        return voice.say("censored", visit=visit, value=shown(measure))
    reason = spelling.lack_words(measure, voice.short, voice.eyes)
    kind = "lack_then" if voice.short and otherwise == BEFORE else "lack"
    return voice.say(kind, visit=visit, reason=reason)


def falls_by(key: str, pair: Pair, percent: int, voice: Voice = PLAIN, otherwise: TranslatedText = NONE) -> Part:
    """Whether a value falls by at least that percentage of week 0.

    Not evaluable: a value missing, week 0 with < or >, week 0 = 0 (4b). Week 28 with < or > decides where every value
    it may be agrees. ``otherwise``: what else would have met the item, said where week 28 is missing.
    """
    base, followup = pair.base, pair.followup
    if base.value is None:
        return lacking(key, pair, voice)
    if base.value <= 0:
        return Part(key, pair, None, voice.say("zero", visit=spelling.visit_name(base, BEFORE)))
    limit = base.value * (100 - percent) / 100
    target = spelling.at_most(limit, decimals(base), base.unit)
    met = surely_at_most(followup, limit)
    if followup.lack is Lack.CENSORED:
        return Part(key, pair, met, _censored_fall(pair, met, percent, target, voice))
    if followup.value is None:
        return lacking(key, pair, voice, spelling.joined(target, otherwise, between=("", "")))
    return Part(key, pair, met, _fall(pair, Fraction(percent), voice))


def _fall(pair: Pair, percent: Fraction, voice: Voice) -> TranslatedText:
    base, followup = exact(pair)
    fall, wanted = base - followup, spelling.per_cent(str(percent))
    digits = decimals(pair.base, pair.followup)
    by = {"by": amount(abs(fall), digits), "by_unit": amount(abs(fall), digits, pair.base.unit)}
    if fall <= 0:
        kind = "fall_same" if fall == 0 else "fall_rose"
        return voice.say(kind, base=shown(pair.base), wanted=spelling.bound(True, wanted), **by)
    share = fall * 100 / base
    return voice.say(
        "fell", base=shown(pair.base), percent=spelling.percentage(share, percent),
        mark=spelling.mark(share, percent, wanted), bound=spelling.bound(share >= percent, wanted), **by,
    )  # fmt: skip


def _censored_fall(
    pair: Pair, met: bool | None, percent: int, target: TranslatedText, voice: Voice
) -> TranslatedText:
    base, limit = pair.base.value or Fraction(1), pair.followup.limit or Fraction()
    wanted = spelling.bound(True, spelling.per_cent(str(percent)))
    told = {"base": shown(pair.base), "value": shown(pair.followup), "target": target, "wanted": wanted}
    if met:
        tenths = (base - limit) * 1000 // base  # rounded down: it fell by more than that
        return voice.say("surely_fell", percent=spelling.per_cent(fixed(Fraction(tenths, 10), 1)), bound=wanted, **told)
    kind = "left_open" if met is None else "surely_not"
    return voice.say(kind, visit=spelling.visit_name(pair.followup, AFTER), **told)


def rises_by(key: str, pair: Pair, percent: int, voice: Voice, from_zero: bool = True) -> Part:
    """Whether a value rises by at least that percentage of week 0; from 0 any rise, unless ``from_zero`` is False."""
    base, followup = pair.base.value, pair.followup.value
    if base is None:
        return lacking(key, pair, voice)
    if base == 0 and not from_zero:
        return Part(key, pair, None, voice.say("zero", visit=spelling.visit_name(pair.base, BEFORE)))
    limit = base * (100 + percent) / 100
    if followup is None:
        target = spelling.at_least(limit, decimals(pair.base), pair.base.unit)
        return lacking(key, pair, voice, target if base else TranslatedText(f">{target.en[1:]}", f">{target.zh[1:]}"))
    if base == 0:
        said = voice.say("from_zero" if followup > 0 else "still_zero", followup=shown(pair.followup))
        return Part(key, pair, followup > 0, said)
    return Part(key, pair, followup >= limit, _rise(pair, Fraction(percent), voice))


def _rise(pair: Pair, percent: Fraction, voice: Voice) -> TranslatedText:
    base, followup = exact(pair)
    rise, wanted = followup - base, spelling.per_cent(str(percent))
    if rise <= 0:
        return not_risen(pair, rise, spelling.bound(True, wanted), voice)
    share, digits = rise * 100 / base, decimals(pair.base, pair.followup)
    return voice.say(
        "rose", by_unit=amount(rise, digits, pair.base.unit), percent=spelling.percentage(share, percent),
        mark=spelling.mark(share, percent, wanted), bound=spelling.bound(share >= percent, wanted),
    )  # fmt: skip


def not_risen(pair: Pair, rise: Fraction, wanted: TranslatedText, voice: Voice) -> TranslatedText:
    """The sentence of a value that stayed or fell where a rise was needed."""
    digits = decimals(pair.base, pair.followup)
    by = {"by": amount(abs(rise), digits), "by_unit": amount(abs(rise), digits, pair.base.unit)}
    return voice.say("rise_fell" if rise else "rise_same", base=shown(pair.base), wanted=wanted, **by)


def exact(pair: Pair) -> tuple[Fraction, Fraction]:
    """Both values, where both are known."""
    if pair.base.value is None or pair.followup.value is None:
        raise TypeError(pair.base.name)
    return pair.base.value, pair.followup.value


def any_met(parts: tuple[Part, ...]) -> bool | None:
    """An "or": met if one is; not met if one could be evaluated and none is met; else not evaluable (4a, 4b)."""
    asked = [p.met for p in parts if p.counts]
    return True if True in asked else False if False in asked else None


def all_met(parts: tuple[Part, ...]) -> bool | None:
    """An "and", as certain as the parts are."""
    asked = [p.met for p in parts if p.counts]
    return False if False in asked else None if None in asked else True
