"""A verdict at a threshold: what the data show, what it could be, and in words what would decide."""

from __future__ import annotations

from collections.abc import Sequence

from crf_desktop.analysis.option import Options
from crf_desktop.analysis.outcome import Determinacy, Item, Verdict
from crf_desktop.analysis.spelling import both, capital, joined
from crf_desktop.model.text import TranslatedText
from crf_desktop.wording.response import VERDICTS


def of_five(items: Sequence[Item], at_least: int, options: Options, early: bool = False) -> Verdict:
    """Responder at so many items of five; the sentence names the items that would decide."""
    counted, possible = _range(items)
    bare = Verdict(at_least, counted, possible, TranslatedText("", ""))
    missing = [i for i in items if i.met is None]
    verb = both(VERDICTS["is" if counted == 1 else "are"])
    if not missing:
        return Verdict(at_least, counted, possible, both(VERDICTS["all_known"], str(counted), str(at_least), verb))
    named = _named(missing)
    if bare.determinacy is Determinacy.RESPONDER:
        shows = both(VERDICTS["shows" if len(missing) == 1 else "show"])
        why = both(VERDICTS["met_anyway"], str(counted), named, shows)
    elif bare.determinacy is Determinacy.NON_RESPONDER:
        why = both(VERDICTS["missed_anyway"], str(counted), named, str(possible), str(at_least), verb)
    else:
        decide = both(VERDICTS["would_decide"], TranslatedText(capital(named.en), named.zh))
        decide = both(VERDICTS["nothing"]) if len(missing) == len(items) else decide
        primary = str(at_least) == options.response_at_least and not early
        why = joined(decide, _how_counted(options, "counted_primary" if primary else "counted"))
    return Verdict(at_least, counted, possible, why)


def of_star(items: Sequence[Item], at_least: int, options: Options) -> Verdict:
    """Responder at so many points of STAR."""
    counted, possible = _range(items)
    bare = Verdict(at_least, counted, possible, TranslatedText("", ""))
    missing = [i for i in items if i.met is None]
    if not missing:
        return Verdict(at_least, counted, possible, both(VERDICTS["star_known"]))
    titles = _listed([i.title for i in missing])
    if bare.determinacy is Determinacy.INDETERMINATE:
        decide = both(VERDICTS["star_would_decide"], titles)
        decide = both(VERDICTS["nothing"]) if len(missing) == len(items) else decide
        why = joined(decide, _how_counted(options, "star_counted"))
    else:
        why = both(VERDICTS["star_decided"], _spread(items, "star_"), titles)
    return Verdict(at_least, counted, possible, why)


def headline(verdict: Verdict, items: Sequence[Item], star: bool = False) -> TranslatedText:
    """``Responder``, ``Not decided by the data: 3 or 4``; of STAR with the total, ``Responder: 8, ≥5``."""
    if verdict.determinacy is Determinacy.INDETERMINATE:
        return both(VERDICTS["open"], _spread(items, "star_" if star else ""))
    if star:
        return both(VERDICTS[f"star_{verdict.determinacy}"], str(verdict.counted), str(verdict.at_least))
    return both(VERDICTS[str(verdict.determinacy)])


def _how_counted(options: Options, kind: str) -> TranslatedText:
    return both(VERDICTS["left_out" if options.missing == "excluded" else kind])


def _range(items: Sequence[Item]) -> tuple[int, int]:
    return sum(i.points for i in items if i.met is True), sum(i.points for i in items if i.met is not False)


def _named(missing: Sequence[Item]) -> TranslatedText:
    """``item d``, ``items b and d``."""
    letters = [TranslatedText(i.key[0], i.key[0]) for i in missing]
    return both(VERDICTS["item" if len(letters) == 1 else "items"], _listed(letters))


def _listed(names: Sequence[TranslatedText]) -> TranslatedText:
    first, last = joined(*names[:-1], between=(", ", "、")), names[-1]
    return joined(first, last, between=(" and ", "、"))


def _spread(items: Sequence[Item], kind: str) -> TranslatedText:
    """Every total it may be: ``3 or 4``, ``4 or 7``, ``3 to 5``."""
    totals = {sum(i.points for i in items if i.met is True)}
    for item in items:
        if item.met is None:
            totals |= {t + item.points for t in totals}
    low, high = str(min(totals)), str(max(totals))
    if low == high:
        return both(VERDICTS[f"{kind}one"], low)
    return both(VERDICTS[f"{kind}{'or' if len(totals) == 2 else 'to'}"], low, high)
