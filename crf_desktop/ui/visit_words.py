"""What the schedule says of a visit, in words: when it was or is due, its window, how far off, and why."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from crf_desktop.errors import Language
from crf_desktop.model.schedule import Planned, VisitStatus
from crf_desktop.wording import figure

DOT = " · "


def in_sentence(title: str, language: str) -> str:
    """``week 0 · RTX 1`` out of ``Week 0 · RTX 1``; abbreviations and Chinese stay as they are."""
    return title[:1].lower() + title[1:] if language == "en" and title[1:2].islower() else title


def short(visit: Planned, language: Language) -> str:
    """``week 6`` in a sentence: the visit without what is given at it."""
    return in_sentence(visit.event.title.in_(language).partition(DOT)[0], language)


def day_of(visit: Planned) -> str | None:
    """The date of the visit, else its target; ISO."""
    return visit.date or (visit.target.isoformat() if visit.target else None)


def window(visit: Planned, language: str, year: bool = True) -> str:
    """``window 11–25 Nov 2026``; empty where there is none."""
    if visit.opens is None or visit.closes is None:
        return ""
    return QCoreApplication.translate("VisitWords", "window {0}").format(spell(visit, language, year))


def spell(visit: Planned, language: str, year: bool = True) -> str:
    """``11–25 Nov 2026``: the first and last day of a window that there is."""
    assert visit.opens is not None and visit.closes is not None
    return figure.span(visit.opens.isoformat(), visit.closes.isoformat(), language, year)


def planned_for(visit: Planned, language: str) -> str:
    """``planned for 18 Nov 2026``; empty where there is no target."""
    if visit.target is None:
        return ""
    day = figure.day(visit.target.isoformat(), language)
    return QCoreApplication.translate("VisitWords", "planned for {0}").format(day)


def head_lines(visit: Planned, language: Language) -> tuple[str, str, str]:
    """Abbreviation, detail, and the date or what stands for it; without the year, which the page states."""
    event = visit.event
    return event.abbreviation.in_(language), event.detail.in_(language), _third(visit, language)


def _third(visit: Planned, language: str) -> str:
    match visit.status:
        case VisitStatus.NOT_NEEDED:
            return QCoreApplication.translate("VisitWords", "not needed")
        case VisitStatus.MISSED:
            return QCoreApplication.translate("VisitWords", "missed")
    day = day_of(visit)
    return figure.day(day, language, year=False) if day else "–"


def distance(visit: Planned, today: str) -> int | None:
    """Days until the visit or its target; negative when it is past."""
    day = day_of(visit)
    return (date.fromisoformat(day) - date.fromisoformat(today)).days if day else None


def days(n: int) -> str:
    """``1 day``, ``5 days``."""
    if n == 1:
        return QCoreApplication.translate("VisitWords", "1 day")
    return QCoreApplication.translate("VisitWords", "{0} days").format(n)


def when(visit: Planned, today: str) -> tuple[str, str]:
    """How far off, in words, and the colour token of the words; empty words where nothing can be told."""
    off = distance(visit, today)
    match visit.status:
        case VisitStatus.MISSED:
            return QCoreApplication.translate("VisitWords", "did not take place"), ""
        case VisitStatus.NOT_NEEDED:
            return QCoreApplication.translate("VisitWords", "not needed"), ""
        case VisitStatus.BEGUN:
            begun = QCoreApplication.translate("VisitWords", "begun {0} ago").format(days(-(off or 0)))
            return (QCoreApplication.translate("VisitWords", "today"), "accent_text") if off == 0 else (begun, "")
        case VisitStatus.OVERDUE if visit.closes is not None:
            late = (date.fromisoformat(today) - visit.closes).days
            return QCoreApplication.translate("VisitWords", "{0} over").format(days(late)), "bad"
    if off is None:
        return QCoreApplication.translate("VisitWords", "no date yet"), ""
    if off == 0:
        return QCoreApplication.translate("VisitWords", "today"), "accent_text"
    if off < 0:
        return QCoreApplication.translate("VisitWords", "planned {0} ago").format(days(-off)), "accent_text"
    return QCoreApplication.translate("VisitWords", "in {0}").format(days(off)), ""


def outside(visit: Planned) -> str:
    """``2 days after its window``; empty inside it, and where there is none."""
    off = visit.days_outside(visit.date) if visit.date else 0
    if not off:
        return ""
    if off < 0:
        return QCoreApplication.translate("VisitWords", "{0} before its window").format(days(-off))
    return QCoreApplication.translate("VisitWords", "{0} after its window").format(days(off))


def about(visit: Planned, today: str, language: Language) -> str:
    """One line: the visit, its date, its window, how far off, and the reasons why it is as it is."""
    day = day_of(visit)
    parts = [visit.event.title.in_(language)]
    if day and visit.date:
        parts.append(figure.day(day, language))
    elif day and visit.status is not VisitStatus.NOT_NEEDED:
        parts.append(planned_for(visit, language))
    away = visit.status in (VisitStatus.NOT_NEEDED, VisitStatus.MISSED)
    parts += [] if away or visit.opens is None else [window(visit, language)]
    first, _ = when(visit, today)
    if not visit.date or first == QCoreApplication.translate("VisitWords", "today"):
        parts.append(first)
    parts += [outside(visit)] if outside(visit) else []
    line = DOT.join(parts)
    if not visit.reasons:
        return line
    colon, join = ("：", "；") if language == "zh" else (": ", "; ")
    return line + colon + join.join(r.in_(language).rstrip(".。") for r in visit.reasons)
