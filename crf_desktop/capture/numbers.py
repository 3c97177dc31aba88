"""Participant numbers: which this file gives, how many are left, and more of them for a file that ran out."""

from __future__ import annotations

from attrs import frozen

from crf_desktop.capture.right import require, require_writable
from crf_desktop.capture.study import Study
from crf_desktop.model.access import Action
from crf_desktop.store import granting
from crf_desktop.store.installation import Block


@frozen(slots=True)
class NumberFacts:
    """What the study page and ``numbers`` tell."""

    origin: str
    spans: tuple[tuple[str, str], ...]
    """First and last participant number of each block, in the order they are used."""
    left: int


def number_facts(study: Study) -> NumberFacts:
    """As it stands now."""
    store = study.store
    spans = tuple(_span(store.site, block) for block in granting.blocks(store))
    return NumberFacts(store.origin, spans, granting.left(store))


def give_numbers(study: Study, origin: str) -> tuple[str, str]:
    """Another block for a file of the study; (first, last) participant number.

    Raises Refused ``access.no_right``, ``store.invite_elsewhere``, ``store.no_such_file``.
    """
    require_writable(study.store)
    require(study.session, Action.INVITE)
    return _span(*granting.grant(study.store, origin.strip().lower()))


def _span(site: str, block: Block) -> tuple[str, str]:
    return f"{site}-{block.first:03}", f"{site}-{block.last:03}"
