"""Whatever a control lets a person answer, the definition takes: parsed, exact, checked, worked out, printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta, timezone
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crf_desktop.errors import Refused
from crf_desktop.forms import definition
from crf_desktop.model import layout
from crf_desktop.model.course import Course
from crf_desktop.model.data import Datum, NullFlavor
from crf_desktop.model.definition import FormDef, ItemDef, MetaDataVersion
from crf_desktop.model.derive import Answers, Occurrence, Visit
from crf_desktop.model.path import address
from crf_desktop.model.value import exact, parse
from crf_desktop.report.answer import answer as in_words

CHINA = timezone(timedelta(hours=8))
TRIAL = definition()
every_form = pytest.mark.parametrize("form", TRIAL.forms, ids=lambda f: f.oid)


@cache
def event_of(form: str) -> str:
    """The first visit that asks a form."""
    return next(e.oid for e in TRIAL.events if form in e.forms)


def seen_with(form: FormDef, answers: Answers) -> Visit:
    """The form at its first visit, with nothing beyond it."""
    common = TRIAL.event[event_of(form.oid)].type == "Common"
    at = Occurrence(event_of(form.oid), "", None if common else "2026-05-06")
    instance = address(form.oid, "1") if form.repeating else ""
    held = {"1" if form.repeating else "": answers}
    course = Course(TRIAL, [at], lambda o, f: held if f == form.oid else {}, today="2026-05-07")
    return course.visit(at, instance)


def stands(form: FormDef, answers: Answers) -> None:
    """Everything that is worked out from answers can be worked out, whatever they are."""
    seen = seen_with(form, answers)
    seen.form(form)
    for check in seen.broken(form):
        assert "{" not in check.message.en + check.message.zh, check.oid
    for item in TRIAL.items_of(form.oid):
        seen.relevant(item)
        if item.hints:
            seen.suggestion(item)


def at_row(item: ItemDef) -> str:
    """Where the answer of an item stands; in the first row of its group where that repeats."""
    group = TRIAL.item_group[TRIAL.group_of_item[item.oid]]
    return address(item.oid, "1" if group.repeating else "")


def offered(item: ItemDef) -> list[str]:
    """What can be pressed: the answers of a list, yes and no."""
    if item.code_list:
        return [c.coded_value for c in TRIAL.code_list[item.code_list].items]
    return ["true", "false"] if item.data_type == "boolean" else []


def edges(item: ItemDef) -> Iterator[str]:
    """The limits of a number, which lie inside them."""
    for check in item.range_checks:
        if check.comparator in ("GE", "LE") and check.soft_hard == "Hard":
            yield check.value


@every_form
def test_that_every_answer_that_can_be_pressed_is_taken(form: FormDef) -> None:
    for item in TRIAL.items_of(form.oid):
        for typed in [*offered(item), *edges(item)]:
            datum = parse(TRIAL, item, typed, None, CHINA)
            assert datum.value is not None and exact(TRIAL, item, datum) is not None, (item.oid, typed)
            assert in_words(TRIAL, item, datum, "en") and in_words(TRIAL, item, datum, "zh")
            stands(form, {at_row(item): datum})


@every_form
def test_that_every_reason_for_no_answer_is_taken(form: FormDef) -> None:
    for flavor in NullFlavor:
        answers = {at_row(i): Datum(null_flavor=flavor) for i in TRIAL.items_of(form.oid)}
        stands(form, answers)
        assert all(in_words(TRIAL, i, answers[at_row(i)], "zh") for i in TRIAL.items_of(form.oid))


def blocks() -> Iterator[tuple[FormDef, layout.Block]]:
    for form in TRIAL.forms:
        yield from ((form, block) for block in form.layout.blocks)


def test_that_every_box_of_a_scale_is_an_answer() -> None:
    for _, block in blocks():
        if isinstance(block, layout.ScaleRows):
            told = [(TRIAL.item[oid], str(n)) for oid in block.items for n in range(11)]
        elif isinstance(block, layout.VisualAnalogue):
            told = [(TRIAL.item[block.item], str(n)) for n in range(block.maximum + 1)]
        else:
            continue
        for item, typed in told:
            assert parse(TRIAL, item, typed).value == typed


def test_that_a_timer_writes_what_its_items_take() -> None:
    for _, block in blocks():
        if isinstance(block, layout.TimedReadings):
            started = [r.started for r in block.readings]
        elif isinstance(block, layout.TimedCollections):
            started = [c.started for c in block.collections]
            assert all(parse(TRIAL, TRIAL.item[c.duration], str(c.seconds)).value for c in block.collections)
        else:
            continue
        for oid in started:
            assert parse(TRIAL, TRIAL.item[oid], "2026-05-06T09:30:00+08:00").value == "2026-05-06T09:30:00+08:00"


# ---- what can be typed

DIGITS = str.maketrans("0123456789.-<>", "０１２３４５６７８９．－＜＞")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def numbers(item: ItemDef) -> st.SearchStrategy[str]:
    """Numbers about the limits of an item, as people spell them."""
    values = [Fraction(c.value) for c in item.range_checks]
    low, high = min(values, default=Fraction(0)) - 1, max(values, default=Fraction(100)) + 1
    places = st.integers(0, (item.significant_digits or 0) + 1)
    number = st.builds(
        lambda whole, n, part: f"{whole}.{part:0{n}}"[: len(str(whole)) + 1 + n] if n else str(whole),
        st.integers(int(low), int(high)), places, st.integers(0, 99_999),
    )  # fmt: skip
    wide = number.map(lambda t: t.translate(DIGITS))
    marked = st.builds(lambda sign, t: sign + t, st.sampled_from(("<", ">", "＜", "+", " ", "-")), number)
    return number | wide | marked


def dates() -> st.SearchStrategy[str]:
    """Dates as people write them, partial ones too."""
    y, m, d = st.integers(1900, 2200), st.integers(1, 12), st.integers(1, 31)
    return (
        st.builds(lambda y, m, d: f"{y}-{m:02}-{d:02}", y, m, d)
        | st.builds(lambda y, m: f"UK-{m:02}-{y}", y, m)
        | st.builds(lambda y, m, d: f"{y}年{m}月{d}日", y, m, d)
        | st.builds(lambda y, m, d: f"{d} {MONTHS[m - 1]} {y}", y, m, d)
        | st.builds(lambda y, m: f"{y}/{m}", y, m)
        | y.map(str)
    )


def times() -> st.SearchStrategy[str]:
    return st.builds(lambda h, m: f"{h}:{m:02}", st.integers(0, 24), st.integers(0, 60))


def typed(item: ItemDef) -> st.SearchStrategy[str]:
    """What a person may type into the field of an item."""
    if choices := offered(item):
        return st.sampled_from(choices)
    match item.data_type:
        case "integer" | "decimal":
            return numbers(item)
        case "date":
            return dates()
        case "time":
            return times()
        case "datetime":
            return st.builds(lambda d, t: f"{d} {t}", dates(), times())
        case "document":
            return st.just("sha256:" + "ab" * 32)
        case _:
            return st.text(max_size=item.length)


def answers_of(form: FormDef) -> st.SearchStrategy[dict[str, tuple[ItemDef, str, str | None]]]:
    """A few answers to a form: address → item, text, unit."""

    def one(item: ItemDef) -> st.SearchStrategy[tuple[str, tuple[ItemDef, str, str | None]]]:
        units = st.sampled_from(item.units) if item.units else st.none()
        return st.builds(lambda text, unit: (at_row(item), (item, text, unit)), typed(item), units)

    items = st.sampled_from(TRIAL.items_of(form.oid))
    return st.lists(items.flatmap(one), min_size=1, max_size=12).map(dict)


@every_form
@settings(max_examples=40)
@given(data=st.data())
def test_that_what_is_typed_is_refused_in_words_or_holds_everywhere(form: FormDef, data: st.DataObject) -> None:
    answers: dict[str, Datum] = {}
    for at, (item, text, unit) in data.draw(answers_of(form)).items():
        try:
            datum = parse(TRIAL, item, text, unit, CHINA)
        except Refused as refused:
            assert refused.code.startswith("value.") and all(refused.sentences(lang)[0] for lang in ("en", "zh"))
            continue
        assert kept(TRIAL, item, datum) == datum, "what is stored reads as what was meant"
        if datum.answered:
            exact(TRIAL, item, datum)
            assert in_words(TRIAL, item, datum, "en") and in_words(TRIAL, item, datum, "zh")
            answers[at] = datum
    stands(form, answers)


def kept(trial: MetaDataVersion, item: ItemDef, datum: Datum) -> Datum:
    """The stored spelling, read again."""
    return parse(trial, item, datum.qualifier + (datum.value or ""), datum.unit_oid, CHINA)
