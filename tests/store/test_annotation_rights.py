"""What a changed client could write: a row whose author had no right to it is refused by verify and by every merge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crf_desktop.errors import Refused
from crf_desktop.model.data import Entry, Kind
from crf_desktop.store import Store
from tests.store.builders import answer, codes, form_row, item, query, signature

Open = Callable[..., Store]


def annotation(**payload: Any) -> Entry:
    return Entry(Kind.ANNOTATION, item(), "Insert", payload=payload)


def of_query(state: str, **more: Any) -> Entry:
    return annotation(type="query", state=state, text="Why", **more)


TICK = annotation(type="sdv", verified=True, versions={"I.PAIN": "1/a/1"})
NOT_A_SITES = {
    "raise": of_query("Open", source="manual"),
    "close": of_query("Closed", query="a.1"),
    "cancel": of_query("Cancelled", query="a.1"),
    "reopen": of_query("Open", query="a.1"),
    "verify": TICK,
    "old words": annotation(type="query", state="closed", query="a.1"),
    "another type": annotation(type="remark", text="x"),
}
NOT_A_MONITORS = {
    "item": answer(item(), "4"),
    "form": form_row(item(), "complete"),
    "signature": signature(item()),
    "override": query(item(), "Answered"),
    "answer": of_query("Answered", query="a.1"),
    "resolve": of_query("Resolved", query="a.1"),
    "conflict": of_query("Open", query="CONFLICT.1", source="conflict"),
}


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Store, Entry], None]:
    """Writes a row as a client would that does not ask for the right."""

    def write(store: Store, entry: Entry) -> None:
        with monkeypatch.context() as client:
            client.setattr("crf_desktop.store.study.may_write", lambda *_, **__: True)
            store.append([entry])

    return write


def refused(store: Store, entry: Entry) -> str:
    with pytest.raises(Refused) as no:
        store.append([entry])
    return no.value.code


@pytest.mark.requirement("REQ-03", "REQ-04", "REQ-35")
@pytest.mark.parametrize("act", sorted(NOT_A_SITES))
def test_that_a_sites_row_about_what_is_not_its_own_is_refused_everywhere(
    pair: tuple[Path, Path], opened: Open, act: str, changed: Callable[[Store, Entry], None]
) -> None:
    first, second = opened(pair[0]), opened(pair[1])
    assert refused(second, NOT_A_SITES[act]) == "store.no_right"
    changed(second, NOT_A_SITES[act])
    assert "verify.author_right" in codes(second)
    with pytest.raises(Refused) as no:
        first.receive(list(second.changes(second.origin)), {})
    assert (no.value.code, no.value.context["fault"]) == ("bundle.forged", "right")


@pytest.mark.requirement("REQ-03", "REQ-04", "REQ-35")
@pytest.mark.parametrize("act", sorted(NOT_A_MONITORS))
def test_that_a_monitors_row_that_is_data_or_a_sites_word_is_refused_everywhere(
    pair: tuple[Path, Path], opened: Open, act: str, changed: Callable[[Store, Entry], None]
) -> None:
    first, second = opened(pair[0], "monitor"), opened(pair[1])
    assert refused(first, NOT_A_MONITORS[act]) == "store.no_right"
    changed(first, NOT_A_MONITORS[act])
    assert "verify.author_right" in codes(first)
    after = second.heads().get(first.origin, (0, b""))[0]
    with pytest.raises(Refused) as no:
        second.receive(list(first.changes(first.origin, after)), {})
    assert (no.value.code, no.value.context["fault"]) == ("bundle.forged", "right")


@pytest.mark.requirement("REQ-35")
def test_that_what_each_may_write_travels(pair: tuple[Path, Path], opened: Open) -> None:
    first, second = opened(pair[0], "monitor"), opened(pair[1])
    [asked] = first.append([of_query("Open", source="manual")])
    first.append([TICK])
    after = second.heads().get(first.origin, (0, b""))[0]
    second.receive(list(first.changes(first.origin, after)), {})
    assert second.count_states()["queries"] == 1 and len(second.verifications(item())) == 1
    second.append([of_query("Answered", query=f"{asked.origin}.{asked.seq}")])
    first.receive(list(second.changes(second.origin)), {})
    first.append([of_query("Closed", query=f"{asked.origin}.{asked.seq}")])
    assert first.count_states()["queries"] == 0 and codes(first) == {"verify.ok_full"}
