"""Every act by every role at three places: refused when it is done, named by verify, refused by every merge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crf_desktop.errors import Refused
from crf_desktop.model.data import ROLES, Change, Entry
from crf_desktop.store import Store, certificate, encoding
from tests.matrix import MATRIX, entry_of
from tests.store.builders import JOINER, PASSWORD, StepClock

Open = Callable[..., Store]


@pytest.fixture(scope="module")
def five(made_pair: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The pair with a data manager on the first laptop, so that every role has somebody."""
    import shutil

    from crf_desktop.store import NewPerson, accounts, unlock

    place = tmp_path_factory.mktemp("five")
    first, second = (Path(shutil.copytree(source, place / source.name)) for source in made_pair)
    with unlock(first, "administrator", PASSWORD, StepClock()) as store:
        words = "a quite long sentence of the data manager"
        accounts.add(store, NewPerson("data_manager", "Data Manager", "data_manager", words), "New")
    assert JOINER.user_name == "investigator"
    return first, second


def sealed(store: Store, entry: Entry) -> Change:
    """The row as it would be written next; nothing is written."""
    [cells], _ = store._log.seal_all(store._author, [entry], store._position)
    return encoding.from_cells(cells)


def hacked(store: Store, entries: list[Entry], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Rows as a client would write them that does not ask for the right."""
    with monkeypatch.context() as client:
        client.setattr("crf_desktop.store.study.may_write", lambda *_, **__: True)
        return [store.append([entry])[0].seq for entry in entries]


@pytest.mark.requirement("REQ-03", "REQ-04")
@pytest.mark.parametrize("role", ROLES)
def test_that_every_act_of_every_role_is_judged_the_same_at_all_three_places(
    role: str, five: tuple[Path, Path], tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from crf_desktop.store import unlock

    first, second = (Path(shutil.copytree(source, tmp_path / source.name)) for source in five)
    password = "a quite long sentence of the data manager" if role == "data_manager" else PASSWORD
    other = opened(second)
    with unlock(first, role, password, StepClock()) as store:
        print_ = certificate.fingerprint(store.ca_certificate)
        rows = {act: entry_of(act, print_) for act in sorted(MATRIX)}
        barred = [act for act in rows if role not in MATRIX[act].split()]
        for act, entry in rows.items():
            if act in barred:
                with pytest.raises(Refused) as no:
                    store.append([entry])
                assert no.value.code == "store.no_right", act
            elif not act.startswith("act keys"):  # the next opening would rightly ask for the key file they name
                store.append([entry])
        other.receive(list(store.changes(store.origin)), {})
        for act in barred:
            with pytest.raises(Refused) as no:
                other.receive([sealed(store, rows[act])], {})
            assert (no.value.code, no.value.context["fault"]) == ("bundle.forged", "right"), act
        before = store.head()[1]
        written = hacked(store, [rows[act] for act in barred], monkeypatch)
        named = {f.seq for f in store.verify("full") if f.code == "verify.author_right"}
        assert named == set(written) and min(written, default=before + 1) > before
