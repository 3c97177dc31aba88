"""A visit begins, moves or is missed: what the schedule says to it, and the rows that are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from crf_desktop.errors import Refused
from crf_desktop.model.course import Course
from crf_desktop.model.data import NOTHING, Datum, Entry, Kind, NullFlavor
from crf_desktop.model.definition import DeviationLog
from crf_desktop.model.derive import Occurrence
from crf_desktop.model.path import ItemPath, address, key_order, next_key, split
from crf_desktop.model.schedule import Planned, VisitStatus
from crf_desktop.model.text import TranslatedText
from crf_desktop.store import Store
from crf_desktop.wording import figure

_DAYS: Final = {1: "1 day"}


class OffSchedule(Refused):
    """A date that is possible but not as planned: kept with a reason, which goes into the deviation log."""

    def __init__(self, code: str, event: str, why: Sequence[TranslatedText]) -> None:
        super().__init__(code, event=event)
        self.why = tuple(why)

    def sentences(self, language: str = "en") -> tuple[str, str, str]:
        """When the window is and how far off the date lies; ``str()`` says no date."""
        _, kept, todo = super().sentences("zh" if language == "zh" else "en")
        return (_joined(self.why, language), kept, todo)

    def __str__(self) -> str:
        return " ".join(super().sentences("en"))


def require_order(visits: Sequence[Planned], at: Planned, when: str) -> None:
    """Raises Refused ``event.before_first``: consent is given at the first visit, and nothing comes before it."""
    others = [v.date for v in visits if v.date and v.address != at.address]
    first = next(v for v in visits if v.event.type == "Scheduled")
    if at.address == first.address:
        if any(when > day for day in others):
            raise Refused("event.before_first")
    elif first.date and when < first.date:
        raise Refused("event.before_first")


def off_schedule(visits: Sequence[Planned], at: Planned, when: str) -> OffSchedule | None:
    """What is not as planned about a date: outside its window, in another order, a visit that was not needed."""
    found = (
        ("event.outside_window", _outside(at, when)),
        ("event.out_of_order", _out_of_order(visits, at, when)),
        ("event.not_needed", _not_needed(at)),
    )
    told = [(code, why) for code, why in found if why]
    return OffSchedule(told[0][0], at.event.oid, [w for _, why in told for w in why]) if told else None


def _outside(at: Planned, when: str) -> tuple[TranslatedText, ...]:
    days = at.days_outside(when)
    if not days or at.opens is None or at.closes is None:
        return ()
    where = ("before", "早于") if days < 0 else ("after", "晚于")
    visit, n = _named(at), abs(days)
    en, zh = (figure.span(at.opens.isoformat(), at.closes.isoformat(), language) for language in ("en", "zh"))
    return (
        TranslatedText(
            f"{figure.day(when, 'en')} is {_DAYS.get(n, f'{n} days')} {where[0]} the window of {visit.en}: {en}.",
            f"{figure.day(when, 'zh')}{where[1]}{visit.zh}的时间窗{n}天：{zh}。",
        ),
    )


def _out_of_order(visits: Sequence[Planned], at: Planned, when: str) -> tuple[TranslatedText, ...]:
    """Visits of the protocol that would lie on the wrong side."""
    if at.event.type != "Scheduled":
        return ()
    fixed = [v for v in visits if v.event.type == "Scheduled"]
    place = next(i for i, v in enumerate(fixed) if v.address == at.address)
    wrong = [(v, "before", "早于") for v in fixed[:place] if v.date and v.date > when]
    wrong += [(v, "after", "晚于") for v in fixed[place + 1 :] if v.date and v.date < when]
    return tuple(
        TranslatedText(
            f"{figure.day(when, 'en')} lies {en} {_named(v).en} ({figure.day(v.date or '', 'en')}).",
            f"{figure.day(when, 'zh')}{zh}{_named(v).zh}（{figure.day(v.date or '', 'zh')}）。",
        )
        for v, en, zh in wrong
    )


def _not_needed(at: Planned) -> tuple[TranslatedText, ...]:
    if at.status is not VisitStatus.NOT_NEEDED:
        return ()
    visit = _named(at)
    return (TranslatedText(f"{_capital(visit.en)} is not needed.", f"{visit.zh}无需进行。"), *at.reasons)


def _named(at: Planned) -> TranslatedText:
    title = at.event.title
    word = title.en[1:2].islower()
    return TranslatedText(title.en[:1].lower() + title.en[1:] if word else title.en, title.zh)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _joined(sentences: Sequence[TranslatedText], language: str) -> str:
    return "".join(w.zh for w in sentences) if language == "zh" else " ".join(w.en for w in sentences)


# ---- rows


def date_rows(
    store: Store, course: Course, subject: str, at: Planned, when: str, reason: str | None, off: OffSchedule | None
) -> list[Entry]:
    """The visit on a date; its line of the deviation log written, brought up to date or taken back with it."""
    path = ItemPath.of(subject, at.address)
    log = course.definition.deviation_log
    rows = [_row(store, Kind.EVENT, path, Datum(when), reason)]
    if log is None:
        return rows
    if off is None:
        return rows + _without(store, course, log, subject, at, reason)
    return rows + _with(store, course, log, subject, at, (log.code, when, _joined(off.why, "en"), reason or ""))


def missed_rows(
    store: Store, course: Course, subject: str, at: Planned, flavor: NullFlavor, reason: str
) -> list[Entry]:
    """The visit as one that did not take place, with its line of the deviation log."""
    rows = [_row(store, Kind.EVENT, ItemPath.of(subject, at.address), Datum(null_flavor=flavor), reason)]
    log = course.definition.deviation_log
    if log is None:
        return rows
    words = f"{_capital(_named(at).en)} did not take place"
    if at.opens and at.closes:
        words += f"; its window was {figure.span(at.opens.isoformat(), at.closes.isoformat(), 'en')}"
    day = at.target.isoformat() if at.target else ""
    return rows + _with(store, course, log, subject, at, (log.missed or log.code, day, words + ".", reason))


def _with(
    store: Store, course: Course, log: DeviationLog, subject: str, at: Planned, told: tuple[str, str, str, str]
) -> list[Entry]:
    """Its line: the one it has already, or a new one."""
    kind, day, words, reason = told
    held = _logged(course, log, at.address)
    key = held[0] if held else _next_line(store, log, subject)
    form = ItemPath.of(subject, log.event, address(log.form, key))
    wanted = {log.kind: kind, log.visit: at.address, log.day: day, log.description: words, log.reason: reason}
    before = held[1] if held else {}
    return [
        _row(store, Kind.ITEM, _item(course, form, item), Datum(value) if value else NOTHING, reason)
        for item, value in wanted.items()
        if before.get(item, NOTHING) != (Datum(value) if value else NOTHING)
    ]


def _without(
    store: Store, course: Course, log: DeviationLog, subject: str, at: Planned, reason: str | None
) -> list[Entry]:
    """Its line taken back: the date is as planned now; what stood there stays in the record."""
    held = _logged(course, log, at.address)
    if held is None:
        return []
    form = ItemPath.of(subject, log.event, address(log.form, held[0]))
    answered = [split(i) for i, datum in held[1].items() if datum.answered]
    return [_row(store, Kind.ITEM, _item(course, form, *oid), NOTHING, reason) for oid in answered]


def _next_line(store: Store, log: DeviationLog, subject: str) -> str:
    heads = (h.path for h in store.form_heads(subject) if h.path.event_address == log.event)
    return next_key(store.block.index, {path.form_key for path in heads if path.form == log.form})


def _place(log: DeviationLog) -> Occurrence:
    return Occurrence(*split(log.event))


def _logged(course: Course, log: DeviationLog, event_address: str) -> tuple[str, Mapping[str, Datum]] | None:
    """Key and answers of the line a visit has in the log."""
    kinds = {log.code, log.missed} - {""}
    for key, answers in sorted(course.data(_place(log), log.form).items(), key=lambda pair: key_order(pair[0])):
        visit, kind = answers.get(log.visit, NOTHING).value, answers.get(log.kind, NOTHING).value
        if visit == event_address and kind in kinds:
            return key, answers
    return None


def _item(course: Course, form: ItemPath, oid: str, key: str = "") -> ItemPath:
    return form.at(course.definition.group_of_item[oid], oid, key)


def _row(store: Store, kind: Kind, path: ItemPath, datum: Datum, reason: str | None) -> Entry:
    held = store.at(path)
    known = held is not None and held.datum.answered
    return Entry(
        kind,
        path,
        ("Update" if known else "Insert") if datum.answered else "Remove",
        datum,
        reason_for_change=(reason or "").strip() or None,
        metadata_digest=store.metadata_digest,
        based_on=(held.origin, held.seq) if held else None,
    )
