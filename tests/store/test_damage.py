"""Damage and rewriting: every flipped byte, every rewritten row is found."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.store import Store, encoding, engine, schema, unlock
from tests.store.builders import PASSWORD, StepClock, answer, codes, item, raw

FLIPS = 6
"""Bytes per quick run; ``--full`` tries 200."""


def flips(folder: Path, count: int, seed: int) -> list[int]:
    """Offsets whose flip nothing noticed."""
    data = (folder / engine.NAME).read_bytes()
    chance, missed = random.Random(seed), []
    for at in [*range(0, 16, 5), 16, len(data) - 1, *(chance.randrange(len(data)) for _ in range(count))]:
        flipped = bytearray(data)
        flipped[at] ^= 1 << chance.randrange(8)
        (folder / engine.NAME).write_bytes(flipped)
        try:
            store = unlock(folder, "investigator", PASSWORD, StepClock(), read_only=True)
        except EnvironmentProblem as problem:
            assert problem.code == "study.damaged"
            continue
        if not any(finding.bad for finding in store.verify("full")):
            missed.append(at)
        store.close()
    return missed


@pytest.fixture
def worked(folder: Path, opened: Callable[..., Store]) -> Path:
    store = opened(folder)
    store.append([answer(item(name=f"N{n}"), str(n)) for n in range(60)])
    store.put_document("application/pdf", b"%PDF" * 4000)
    store.close()
    return folder


@pytest.mark.requirement("REQ-46")
def test_that_any_flipped_byte_is_found(worked: Path) -> None:
    assert flips(worked, FLIPS, 1) == []


@pytest.mark.full
@pytest.mark.requirement("REQ-46")
def test_that_two_hundred_flipped_bytes_are_found(worked: Path) -> None:
    assert flips(worked, 200, 2) == []


def test_that_a_file_cut_at_a_page_border_is_found(worked: Path) -> None:
    data = (worked / engine.NAME).read_bytes()
    for pages in (1, 3, len(data) // 4096 // 2):
        (worked / engine.NAME).write_bytes(data[: -4096 * pages])
        try:
            with unlock(worked, "investigator", PASSWORD, StepClock(), read_only=True) as store:
                assert any(finding.bad for finding in store.verify("full"))
        except EnvironmentProblem as problem:
            assert problem.code in ("study.damaged", "store.io")


def test_that_an_old_page_put_back_is_found(folder: Path, opened: Callable[..., Store]) -> None:
    store = opened(folder)
    store.append([answer(item(name=f"N{n}"), str(n)) for n in range(60)])
    before = (folder / engine.NAME).read_bytes()
    store.append([answer(item(name=f"N{n}"), "x") for n in range(60)])
    store.close()
    after = (folder / engine.NAME).read_bytes()
    pages = [
        n
        for n in range(len(before) // 4096)
        if before[n * 4096 : n * 4096 + 4096] != after[n * 4096 : n * 4096 + 4096]
    ]
    for n in pages:
        mixed = after[: n * 4096] + before[n * 4096 : n * 4096 + 4096] + after[n * 4096 + 4096 :]
        (folder / engine.NAME).write_bytes(mixed)
        try:
            with unlock(folder, "investigator", PASSWORD, StepClock(), read_only=True) as mixed_store:
                assert any(finding.bad for finding in mixed_store.verify("full")), n
        except EnvironmentProblem as problem:
            assert problem.code in ("study.damaged", "keys.put_back", "store.io")


def rewrite(folder: Path, *statements: str) -> None:
    """An insider with the data key: triggers dropped, rows changed, triggers put back."""
    connection = raw(folder)
    for name in schema.OBJECTS:
        if name.startswith(("change_no", "document_no")):
            connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for name, text in schema.OBJECTS.items():
        if name.startswith(("change_no", "document_no")):
            connection.execute(text)
    connection.close()


@pytest.mark.requirement("REQ-14")
@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE change SET value = '9' WHERE value = '3'", "verify.row"),
        ("UPDATE change SET user_oid = 'U.01.2' WHERE value = '3'", "verify.row"),
        ("UPDATE change SET row_signature = zeroblob(64) WHERE value = '3'", "verify.author_signature"),
        ("DELETE FROM change WHERE value = '3'", "verify.chain"),
        ("UPDATE head SET value = '9' WHERE value = '3'", "verify.head"),
        ("UPDATE form_head SET n_null = 1", "verify.form_head"),
        ("UPDATE document SET data = x'00'", "verify.document"),
        ("DROP INDEX change_form", "verify.schema"),
        ("CREATE TRIGGER later AFTER INSERT ON change BEGIN SELECT 1; END", "verify.schema"),
    ],
)
def test_that_rewriting_with_the_data_key_is_found(worked: Path, statement: str, code: str) -> None:
    rewrite(worked, statement)
    with unlock(worked, "investigator", PASSWORD, StepClock(), read_only=True) as store:
        assert code in codes(store)


def test_that_a_row_hashed_again_by_somebody_else_is_found(worked: Path) -> None:
    """The whole chain is made anew after the row: only the signatures tell."""
    with unlock(worked, "investigator", PASSWORD, StepClock()) as store:
        rows = [list(cells) for cells in store._log.cells(store.origin)]
    connection = raw(worked)
    for name in ("change_no_update", "change_no_replace", "change_no_gap"):
        connection.execute(f"DROP TRIGGER {name}")
    previous = encoding.NO_HASH
    for cells in rows:
        if cells[15] == "3":
            cells[15] = "9"
        cells[38] = previous
        previous = cells[39] = encoding.row_hash(cells)
        connection.execute(
            "UPDATE change SET value = ?, previous_hash = ?, hash = ? WHERE origin = ? AND seq = ?",
            (cells[15], cells[38], cells[39], cells[0], cells[1]),
        )
    for name in ("change_no_update", "change_no_replace", "change_no_gap"):
        connection.execute(schema.OBJECTS[name])
    connection.execute("UPDATE head SET value = '9' WHERE value = '3'")
    connection.close()
    with unlock(worked, "investigator", PASSWORD, StepClock(), read_only=True) as store:
        assert codes(store) >= {"verify.author_signature", "verify.witness_differs"}


def test_that_the_log_without_its_keys_and_the_keys_without_the_log_say_so(worked: Path, tmp_path: Path) -> None:
    shutil.copytree(worked, tmp_path / "a.crf")
    (tmp_path / "a.crf" / engine.NAME).unlink()
    for name in ("keys.a", "keys.b"):
        (worked / name).unlink()
    for folder, code in ((worked, "keys.damaged"), (tmp_path / "a.crf", "study.log_missing")):
        with pytest.raises(EnvironmentProblem) as raised:
            unlock(folder, "investigator", PASSWORD)
        assert raised.value.code == code
