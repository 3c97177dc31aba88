"""How dates, times, numbers and units are printed, in both languages."""

from __future__ import annotations

from datetime import datetime

NBSP = "\u00a0"
MINUS = "\u2212"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(iso: str, language: str, year: bool = True) -> str:
    """``6 May 2026`` or ``2026年5月6日`` from ``YYYY[-MM[-DD]]``; a partial date shows what is known."""
    parts = [int(p) for p in iso[:10].split("-")]
    if language == "zh":
        return "".join(f"{p}{s}" for p, s in zip(parts, "年月日", strict=False) if year or s != "年")
    if len(parts) == 1:
        return str(parts[0])
    spelled = ([str(parts[2])] if len(parts) == 3 else []) + [_MONTHS[parts[1] - 1]] + ([str(parts[0])] if year else [])
    return NBSP.join(spelled)


def span(first: str, last: str, language: str, year: bool = True) -> str:
    """``11–25 Nov 2026`` or ``2026年11月11日至25日`` from two full ISO dates; what both share is said once."""
    if first == last:
        return day(first, language, year)
    if language == "zh":
        end = f"{int(last[8:10])}日" if first[:7] == last[:7] else day(last, "zh", year and first[:4] != last[:4])
        return f"{day(first, 'zh', year)}至{end}"
    if first[:7] == last[:7]:
        return f"{int(first[8:10])}–{day(last, 'en', year)}"
    return f"{day(first, 'en', year and first[:4] != last[:4])}{NBSP}– {day(last, 'en', year)}"


def moment(iso: str, language: str, seconds: bool = False) -> str:
    """``6 May 2026 16:42`` as it was on the clock there; with seconds also the offset, ``16:42:08, UTC+08:00``."""
    when = datetime.fromisoformat(iso.replace("Z", "+00:00"))
    date = day(when.date().isoformat(), language)
    if not seconds:
        return f"{date}{NBSP}{when:%H:%M}" if language == "en" else f"{date} {when:%H:%M}"
    offset = when.strftime("%z") or "+0000"
    sep = ", " if language == "en" else "，"
    return f"{date} {when:%H:%M:%S}{sep}UTC{offset[:3].replace('-', MINUS)}:{offset[3:5]}"


def clock(seconds: int) -> str:
    """``2:46`` of a countdown."""
    sign = MINUS if seconds < 0 else ""
    return f"{sign}{abs(seconds) // 60}:{abs(seconds) % 60:02}"


def number(text: str) -> str:
    """A canonical number for print: true minus, no-break thousands from 10 000 on, digits kept as entered."""
    negative = text.startswith("-")
    whole, dot, fraction = text.removeprefix("-").partition(".")
    if len(whole) > 4:
        first = len(whole) % 3 or 3
        whole = NBSP.join([whole[:first], *(whole[i : i + 3] for i in range(first, len(whole), 3))])
    return (MINUS if negative else "") + whole + dot + fraction


def with_unit(text: str, unit: str) -> str:
    """Number and unit joined so that they never break: ``21.4 g/L``; a Chinese unit needs no space: ``15岁``."""
    if not unit or "\u4e00" <= unit[0] <= "\u9fff":
        return f"{text}{unit}"
    return f"{text}{NBSP}{unit}"


def percent(text: str, language: str) -> str:
    """``25.0 %`` in English, ``25.0%`` in Chinese."""
    return f"{text}%" if language == "zh" else f"{text}{NBSP}%"
