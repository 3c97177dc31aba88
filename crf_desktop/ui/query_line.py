"""What the page Today says of queries: how many wait for whom, and how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crf_desktop.model.access import Action
from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.list_card import LineWords
from crf_desktop.ui.query_words import days_word, translate

if TYPE_CHECKING:
    from crf_desktop.capture.study import Study


def query_lines(study: Study) -> list[LineWords]:
    """One line where something waits for this person; it leads to the queries."""
    from crf_desktop.capture.query import days_open, queries, waiting_for  # loads with the study

    if not study.may(Action.QUERY) or not study.store.count_states()["queries"]:
        return []
    waiting = waiting_for(study, queries(study))
    if not waiting:
        return []
    n = len(waiting)
    one, many = translate("QueryLine", "1 query for you"), translate("QueryLine", "{0} queries for you")
    words = one if n == 1 else many.format(n)
    oldest = max(waiting, key=lambda q: days_open(study, q))
    told = translate("QueryLine", "oldest: {0}, {1}").format(days_word(days_open(study, oldest)), oldest.path.subject)
    return [LineWords(Glyph.QUERY, words, told, translate("QueryLine", "Open"), "", "queries", True)]
