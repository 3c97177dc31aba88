"""A monitor's visit to the site: source is compared, questions are asked, answered, closed, withdrawn, asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import islice
from typing import Final

from crf_desktop.capture import query, verification
from crf_desktop.capture.study import Study
from crf_desktop.model.path import ItemPath
from crf_desktop.model.query import Query

Open = Callable[[str], AbstractContextManager[Study]]
"""The study, unlocked by one user."""

_ASKED: Final = (
    ("weight", "SE.W0", "The dose order says another weight. Which is right?"),
    ("pga", "SE.W0", "Was the PGA marked before the laboratory results were seen?"),
    ("esr", "SE.SCR", "The certificate is not legible at this place. What does the laboratory’s system say?"),
    ("igg", "SE.W0", "Was this sample drawn before the infusion?"),
    ("hb", "SE.SCR", "The unit on the certificate is g/dL. Check the unit."),
    ("esspri_pain", "SE.W0", "The paper shows two marks. Which one counts?"),
)
"""(item, visit, question)."""
_ANSWERS: Final = ("Checked against the source; the value is right.", "The laboratory has confirmed the value.")
_VERIFIED: Final = ("SE.SCR", "SE.W0")
"""Visits of which every answer was compared with its source; of the next one, a single form."""


def visit(opened: Open) -> None:
    """Leaves queries in every state, and source verification at every stage."""
    with opened("monitor") as study:
        subjects = study.subjects()
        for number, subject in enumerate(subjects[: max(1, len(subjects) // 2)]):
            _verify(study, subject, whole=number < 2)
        asked = [_ask(study, subjects[n % min(3, len(subjects))], *words) for n, words in enumerate(_ASKED)]
    names = [q.name for q in asked if q is not None]
    with opened("coordinator") as study:
        for n, found in enumerate(_by_name(study, names[1:])):
            query.answer(study, found, _ANSWERS[n % len(_ANSWERS)])
    with opened("monitor") as study:
        acts = (query.close, query.reopen, query.cancel)
        words = ("", "The copy of the page is still missing.", "Asked at the wrong visit.")
        for act, found, text in zip(acts, _by_name(study, names[2:]), words, strict=False):
            act(study, found, text)


def _by_name(study: Study, names: list[str]) -> Iterator[Query]:
    known = {q.name: q for q in query.queries(study)}
    return (known[name] for name in names)


def _ask(study: Study, subject: str, name: str, event: str, words: str) -> Query | None:
    item = study.definition.item_by_name.get(name)
    if item is None:
        return None
    form = study.definition.form_of_item[item.oid]
    path = ItemPath.of(subject, event, form).at(study.definition.group_of_item[item.oid], item.oid)
    return query.raise_query(study, path, words) if study.store.at(path) else None


def _verify(study: Study, subject: str, whole: bool) -> None:
    """The first visits as a whole, or only the first forms of each."""
    for event in _VERIFIED:
        forms = [h for h in study.store.form_heads(subject) if h.path.event == event and h.n_value]
        for head in forms if whole else islice(forms, 2):
            path = head.path
            verification.tick_form(study, study.form(subject, path.event_address, path.form_address))
