"""What was written earlier and arrives later changes nothing that is newer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from attrs import evolve

from crf_desktop.model.data import Datum
from crf_desktop.store import Store
from tests.store.builders import answer, codes, form_row, item, signature, state

Open = Callable[..., Store]


def test_that_an_older_answer_of_another_item_leaves_the_form_as_new_as_it_was(
    pair: tuple[Path, Path], opened: Open
) -> None:
    first, second = opened(pair[0]), opened(pair[1])
    second.append([answer(item(name="DRY"), "7"), signature(item())])
    rows = [first.append([answer(item(), str(n))])[0] for n in range(30)]
    rows += first.append([form_row(item(), "complete")])
    theirs = list(second.changes(second.origin))
    assert theirs[-1].lamport < rows[-1].lamport
    first.receive(theirs, {})
    head = first.form_head(item())
    assert head is not None and head.touched == rows[-1].order and head.changed_after_signature
    second.receive(list(first.changes(first.origin)), {})
    assert codes(first) == codes(second) == {"verify.ok_full"} and state(first, ()) == state(second, ())


def test_that_only_a_row_that_says_signed_signs_a_form(store: Store) -> None:
    store.append([answer(item(), "4"), form_row(item(), "complete")])
    store.append([evolve(signature(item()), datum=Datum("declined"))])
    head = store.form_head(item())
    assert head is not None and head.completed and not head.signed and codes(store) == {"verify.ok_full"}
