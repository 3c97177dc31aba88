"""What the file's own signature signs, printed before it is made: who, in which meaning, each form with its digest."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from crf_desktop.capture.signing import ToSign
from crf_desktop.model.path import split
from crf_desktop.report.answer import Reader
from crf_desktop.report.block import BODY
from crf_desktop.report.drawing import HAIR, MARGIN, RIGHT, TEXT_WIDTH, THICK, Pen, grouped, middle
from crf_desktop.report.flow import Flow
from crf_desktop.report.typeface import Run, wrap
from crf_desktop.wording.figure import NBSP
from crf_desktop.wording.signing_paper import BY_THIS_FILE

_PAD, _NAME, _SMALL = 10.0, 150.0, 7.5
Lines = Sequence[Sequence[Run]]


@frozen
class WhatIsSigned:
    """The signatures that are made by this file: they stand in the log, and this page was shown, before they were."""

    asked: ToSign

    @property
    def seals(self) -> int:
        """How many people sign the file."""
        return 2 if self.asked.second else 1

    def height(self, flow: Flow, reader: Reader) -> float:
        """In points, when it stands on one page."""
        forms = sum(_form_height(flow, *laid) for laid in self._forms(reader))
        rule = len(wrap([Run(_say(reader, "rule"), _SMALL)], TEXT_WIDTH)) * _SMALL * flow.leading
        return _box_height(flow, self._lines(reader)) + forms + 4 + rule + 8

    def draw(self, flow: Flow, reader: Reader) -> None:
        """Who and in which meaning, a line for each form, and what that is."""
        _open_box(flow, self._lines(reader), bool(self.asked.forms))
        laid = self._forms(reader)
        for at, (names, digests) in enumerate(laid):
            _form(flow, names, digests, at + 1 == len(laid))
        flow.gap(4)
        flow.paragraph([Run(_say(reader, "rule"), _SMALL)])
        flow.gap(8)

    def _lines(self, reader: Reader) -> list[tuple[Run, ...]]:
        asked, person = self.asked, self.asked.person
        who = reader.say("comma").join((reader.person(person), reader.role(person.role)))
        quoted = reader.say("quoted", asked.meaning.in_(reader.language))
        lines = [Run(_say(reader, "head"), _SMALL), Run(who, 11, True), Run(quoted, BODY + 0.5)]
        lines += [Run(_say(reader, "second"), _SMALL)] if asked.second else []
        return [tuple(words) for line in lines for words in wrap([line], TEXT_WIDTH - 2 * _PAD)]

    def _forms(self, reader: Reader) -> list[tuple[Lines, Lines]]:
        """The lines of each form's name, and those of the SHA-256 that is signed."""
        room = TEXT_WIDTH - _NAME - 2 * _PAD
        return [
            (
                [tuple(line) for line in wrap([Run(_named(reader, form), BODY, True)], _NAME - 8)],
                [tuple(line) for line in wrap([Run(grouped(digest.removeprefix("sha256:")), 7)], room)],
            )
            for form, digest in self.asked.forms
        ]


def _say(reader: Reader, word: str) -> str:
    return BY_THIS_FILE[word][reader.language == "zh"]


def _named(reader: Reader, address: str) -> str:
    key = split(address)[1]
    name = reader.definition.form_at(address).short_title.in_(reader.language)
    return f"{name}{'' if reader.language == 'zh' else NBSP}{key}" if key else name


def _box_height(flow: Flow, lines: Lines) -> float:
    return sum(max(run.size for run in line) * flow.leading for line in lines) + 2 * _PAD - 6


def _open_box(flow: Flow, lines: Lines, goes_on: bool) -> None:
    height = _box_height(flow, lines)
    flow.need(height + (28 if goes_on else 0))

    def ink(pen: Pen, top: float) -> None:
        y = top + _PAD - 3
        for line in lines:
            size = max(run.size for run in line)
            pen.line_of(MARGIN + _PAD, middle(y, size * flow.leading, size), line)
            y += size * flow.leading
        _edges(pen, top, height, first=True, last=not goes_on)

    flow.draw(height, ink)


def _form_height(flow: Flow, names: Lines, digests: Lines) -> float:
    return max(len(names), len(digests)) * BODY * flow.leading + 4


def _form(flow: Flow, names: Lines, digests: Lines, last: bool) -> None:
    """A row of the box."""
    step, height = BODY * flow.leading, _form_height(flow, names, digests)

    def ink(pen: Pen, top: float) -> None:
        for at, line in enumerate(names):
            pen.line_of(MARGIN + _PAD, middle(top + 2 + at * step, step, BODY), line)
        for at, line in enumerate(digests):
            pen.line_of(MARGIN + _PAD + _NAME, middle(top + 2 + at * step, step, 7), line)
        pen.rule(MARGIN, top, RIGHT, top, HAIR)
        _edges(pen, top, height, first=False, last=last)

    flow.draw(height, ink)


def _edges(pen: Pen, top: float, height: float, *, first: bool, last: bool) -> None:
    """The sides of the box, which may go on over a page."""
    for x in (MARGIN, RIGHT):
        pen.rule(x, top, x, top + height, THICK)
    if first:
        pen.rule(MARGIN, top, RIGHT, top, THICK)
    if last:
        pen.rule(MARGIN, top + height, RIGHT, top + height, THICK)
