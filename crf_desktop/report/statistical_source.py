"""What every chapter of the statistical report draws from, and how it prints numbers, shares and days."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from attrs import frozen

from crf_desktop.analysis.exact_test import Interval
from crf_desktop.analysis.figure_data import FigureData, figure_data
from crf_desktop.analysis.option import VALUES, Options
from crf_desktop.analysis.outcome import Outcome
from crf_desktop.analysis.quantile import Spread
from crf_desktop.analysis.summary import Summary
from crf_desktop.analysis.trial import TrialRecord
from crf_desktop.errors import Language
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.derive import fixed
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.drawing import grouped
from crf_desktop.report.statistical_cell import said
from crf_desktop.wording.analysis import OPTIONS
from crf_desktop.wording.figure import day, number, percent, with_unit

AT_THE_EDGE = 4
"""Logs named at the edge of every page; the title page names them all."""
SHORT = 12
"""Hex digits of a hash that stand on every page."""


@frozen(slots=False)
class Source:
    """The data, what was worked out from them, and the language they are told in."""

    record: TrialRecord
    summary: Summary
    outcomes: tuple[Outcome, ...]
    language: Language

    @property
    def options(self) -> Options:
        """The options that hold."""
        return self.summary.options

    @cached_property
    def definition(self) -> MetaDataVersion:
        """The definition the study carries."""
        return self.record.definition()

    @cached_property
    def figures(self) -> FigureData:
        """What the figures draw, and who everybody is."""
        return figure_data(self.record, self.outcomes, self.options)

    def say(self, word: str, *values: object) -> str:
        """The wording of the report."""
        return said(self.language, word, *values)

    def tell(self, text: TranslatedText | None) -> str:
        """In the language of the report, with its marks; empty for None."""
        return text.in_(self.language) if text is not None else ""

    def ambiguity(self, number: str) -> str:
        """``A5``, or the section of the instruments it is from."""
        return number if number.startswith("A") else self.say("option_section", number)

    def begun(self, text: TranslatedText) -> str:
        """With a capital letter, for the beginning of a line."""
        said = self.tell(text)
        return said[:1].upper() + said[1:]

    def proposed(self, name: str) -> str:
        """The value of an option that the list of protocol decisions proposes, in words."""
        return OPTIONS[name][1][VALUES[name][0]][1 if self.language == "zh" else 0]

    def day(self, iso: str | None) -> str:
        """A date, or a dash."""
        return day(iso, self.language) if iso else "–"

    def share(self, part: int, whole: int) -> str:
        """``6 of 15 (40.0 %)``; without a percentage where there is nobody."""
        counts = self.say("k_of_n", part, whole)
        if not whole:
            return counts
        return self.say("with_percent", counts, percent(fixed(Fraction(100 * part, whole), 1), self.language))

    def interval(self, found: Interval | None) -> str:
        """``51.9–95.7 %``, or that nobody is counted."""
        return found.text(self.language) if found else "–"

    def rate(self, found: Interval | None) -> str:
        """``80.0 %``."""
        return found.rate(self.language) if found else "–"

    def figure(self, value: Fraction | None, digits: int, signed: bool = False) -> str:
        """A number with that many decimals; ``signed`` gives a rise its plus."""
        if value is None:
            return "–"
        text = number(fixed(value, digits))
        return f"+{text}" if signed and value > 0 else text

    def part(self, value: Fraction | None) -> str:
        """1 as ``100.0 %``."""
        return percent(fixed(value * 100, 1), self.language) if value is not None else "–"

    def median(self, spread: Spread | None, digits: int, signed: bool = False) -> str:
        """``8.0 (5.0 to 14.0)``: median and quartiles."""
        if spread is None:
            return "–"
        three = (self.figure(v, digits, signed) for v in (spread.median, spread.q1, spread.q3))
        return self.say("median_iqr", *three)

    def extremes(self, spread: Spread | None, digits: int, signed: bool = False) -> str:
        """``[2.0, 31.0]``: least and most."""
        if spread is None:
            return ""
        return self.say("range", *(self.figure(v, digits, signed) for v in (spread.minimum, spread.maximum)))

    def united(self, text: str, unit: TranslatedText) -> str:
        """The text with its unit."""
        return with_unit(text, self.tell(unit)) if text not in ("", "–") else text

    def people(self, subjects: tuple[str, ...] | list[str]) -> str:
        """Numbers of participants one after the other; a dash for none."""
        return self.say("comma").join(subjects) if subjects else "–"

    def heads(self) -> list[tuple[str, int, str]]:
        """(origin, rows, hash) of each log."""
        return [(origin, rows, digest) for origin, (rows, digest) in sorted(self.record.heads.items())]

    def short_heads(self) -> str:
        """The first digits of the hashes of the logs, for the edge of every page; how many more there are than fit."""
        heads = [grouped(digest[:SHORT]) for _, _, digest in self.heads()]
        more = f" + {len(heads) - AT_THE_EDGE}" if len(heads) > AT_THE_EDGE else ""
        return " · ".join(heads[:AT_THE_EDGE]) + more or "–"
