"""Three depths of verification: which damage each of them finds, what follows, and what is remembered."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2

from crf_desktop.capture.soundness import require_checked, require_whole
from crf_desktop.errors import EnvironmentProblem
from crf_desktop.model.data import Kind
from crf_desktop.store import engine, keyring, schema, unlock, verified, witness
from crf_desktop.store.checking import RECENT_ROWS, check_of
from crf_desktop.store.signature_check import Alone, Shared
from crf_desktop.store.stretch import derive
from tests.store.builders import PASSWORD, StepClock, answer, codes, data_key, item, raw
from tests.store.test_damage import rewrite

OLD, LATER = 60, RECENT_ROWS + 60
"""Rows before the last full verification and after it: the first of the later ones are neither verified nor recent."""


@pytest.fixture(scope="module")
def worked(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study verified in full once, and worked on since then."""
    folder = Path(shutil.copytree(made, tmp_path_factory.mktemp("worked") / "study.crf"))
    with unlock(folder, "investigator", PASSWORD, StepClock()) as store:
        store.append([answer(item(name=f"O{n}"), f"old {n}") for n in range(OLD)])
        store.put_document("application/pdf", b"%PDF" * 4000)
        assert store.verify("full")[-1].code == "verify.ok_full"
        store.append([answer(item("01-002", name=f"L{n}"), f"later {n}") for n in range(LATER)])
    return folder


@pytest.fixture
def study(worked: Path, tmp_path: Path) -> Path:
    """A copy to damage."""
    return Path(shutil.copytree(worked, tmp_path / "worked.crf"))


def flip_document(folder: Path) -> None:
    """A bit in a page that holds nothing but a piece of a document."""
    path, key, salt = folder / engine.NAME, data_key(folder), keyring.read(folder).best.db_salt
    data = path.read_bytes()

    def readable(*statements: str) -> bool:
        try:
            connection = engine.connect_raw(path, derive(key, "database"), salt)
        except sqlcipher3.dbapi2.Error:
            return False
        try:
            return all(connection.execute(statement).fetchall() for statement in statements)
        except (sqlcipher3.dbapi2.Error, MemoryError):
            return False
        finally:
            connection.close()

    rest = [f"PRAGMA integrity_check({table})" for table in ("change", "head", "form_head", "draft", "setting")]
    rest.append("SELECT data FROM document WHERE length(data) < 1000")  # the definition, which every unlocking reads
    for page in range(1, len(data) // 4096):
        flipped = bytearray(data)
        flipped[page * 4096 + 100] ^= 1
        path.write_bytes(flipped)
        if not readable("SELECT data FROM document") and readable(*rest):
            return
    raise AssertionError("no page holds a document alone")


def change(value: str, what: str = "value = 'x'") -> Callable[[Path], None]:
    return lambda folder: rewrite(folder, f"UPDATE change SET {what} WHERE value = '{value}'")


def take_away(value: str) -> Callable[[Path], None]:
    return lambda folder: rewrite(folder, f"DELETE FROM change WHERE value = '{value}'")


def put_back(folder: Path) -> None:
    """The log of an hour ago: saved rows are missing at the end."""
    connection = raw(folder)
    connection.execute("DROP TRIGGER change_no_delete")
    connection.execute("DELETE FROM change WHERE seq > (SELECT max(seq) - 3 FROM change)")
    connection.execute(schema.OBJECTS["change_no_delete"])
    connection.close()


def flip_page_one(folder: Path) -> None:
    data = bytearray((folder / engine.NAME).read_bytes())
    data[3] ^= 1
    (folder / engine.NAME).write_bytes(data)


LAST, MIDDLE, FIRST = f"later {LATER - 5}", "later 5", "old 5"
EVERY, UNREAD, CLOSE, ALL = (
    {"unlock", "quick", "usual", "full"}, {"quick", "usual", "full"}, {"usual", "full"}, {"full"},
)  # fmt: skip
DAMAGE: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "an answer among the last 200 altered": (change(LAST), EVERY),
    "an author among the last 200 altered": (change(LAST, "user_oid = 'U.01.2'"), EVERY),
    "a signature among the last 200 altered": (change(LAST, "row_signature = zeroblob(64)"), EVERY),
    "a row among the last 200 taken out": (take_away(LAST), EVERY),
    "an answer not verified yet altered": (change(MIDDLE), UNREAD),
    "a signature not verified yet altered": (change(MIDDLE, "row_signature = zeroblob(64)"), UNREAD),
    "a row not verified yet taken out": (take_away(MIDDLE), UNREAD),
    "an answer verified before altered": (change(FIRST), CLOSE),
    "a signature verified before altered": (change(FIRST, "row_signature = zeroblob(64)"), ALL),
    "a row verified before taken out": (take_away(FIRST), CLOSE),
    "a current answer altered": (lambda f: rewrite(f, "UPDATE head SET value = 'x' WHERE value = 'old 5'"), CLOSE),
    "the state of a form altered": (lambda f: rewrite(f, "UPDATE form_head SET n_null = 1"), CLOSE),
    "a document altered": (lambda f: rewrite(f, "UPDATE document SET data = x'00'"), CLOSE),
    "a bit of a document's page flipped": (flip_document, CLOSE),
    "a rule of the log dropped": (lambda f: rewrite(f, "DROP INDEX change_form"), EVERY),
    "the last three rows gone": (put_back, EVERY),
}


@pytest.mark.requirement("REQ-14", "REQ-46")
@pytest.mark.parametrize("name", DAMAGE)
def test_that_each_depth_finds_what_the_table_of_the_documentation_says(study: Path, name: str) -> None:
    damage, expected = DAMAGE[name]
    damage(study)
    with unlock(study, "investigator", PASSWORD, StepClock(), read_only=True) as store:
        found = {"unlock"} if any(f.stops for f in store.findings) else set()
        store.parts.findings = ()
        for depth, check in (
            ("quick", check_of(store, since=verified.since(store))),
            ("usual", check_of(store, since=verified.since(store))),
            ("full", check_of(store)),
        ):
            check.state = depth == "usual"
            if not check.run("full" if depth == "full" else "quick").sound:
                found.add(depth)
    # What the witness tells is told at the unlocking alone, and stands among the findings from then on.
    assert found == (expected if name != "the last three rows gone" else found & expected | {"unlock"})


def test_that_the_salt_is_looked_at_before_anything_else(study: Path) -> None:
    flip_page_one(study)
    with pytest.raises(EnvironmentProblem) as raised:
        unlock(study, "investigator", PASSWORD)
    assert raised.value.code == "study.damaged"


@pytest.mark.requirement("REQ-46")
def test_that_a_finding_at_unlocking_leaves_the_study_for_reading_and_says_what_is_whole(study: Path) -> None:
    change(LAST)(study)
    before = (study / engine.NAME).read_bytes()
    with unlock(study, "investigator", PASSWORD, StepClock()) as store:
        assert store.read_only and store.parts.problem is not None and store.parts.problem.code == "store.unsound"
        with pytest.raises(EnvironmentProblem) as raised:
            store.append([answer(item(), "4")])
        assert raised.value.code == "store.unsound" and all(raised.value.sentences("zh"))
        bad, whole = store.findings
        assert bad.code == "verify.row" and whole.code == "verify.intact_recent" and whole.seq == bad.seq - 1
        row = store.change(whole.origin, whole.seq)
        assert row is not None and row.recorded_at in whole.sentence() and "Investigator" in whole.sentence("zh")
        assert len(store.subjects()) == 0 and store.at(item(name="O5")) is not None  # what is there can be read
    assert (study / engine.NAME).read_bytes() == before  # nothing is repaired


@pytest.mark.requirement("REQ-46")
def test_that_a_finding_of_a_later_check_ends_all_writing(study: Path) -> None:
    change(MIDDLE)(study)
    with unlock(study, "investigator", PASSWORD, StepClock()) as store:
        store.append([answer(item(name="ENTERED"), "1")])
        found = {f.code for f in store.verify("quick")}
        assert "verify.row" in found and store.read_only
        for ask in (require_checked, require_whole, lambda s: s.append([answer(item(), "4")])):
            with pytest.raises(EnvironmentProblem) as raised:
                ask(store)
            assert raised.value.code == "store.unsound"


def test_that_up_to_where_all_is_whole_is_told_of_each_origin(pair: tuple[Path, Path]) -> None:
    first, second = pair
    with unlock(second, "investigator", PASSWORD, StepClock()) as store:
        sent = list(store.changes(store.origin))
        name = store.origin
    with unlock(first, "investigator", PASSWORD, StepClock()) as store:
        store.receive(sent, {})
        store.append([answer(item(), "3")])
    rewrite(first, f"UPDATE change SET program_version = 'x' WHERE origin = '{name}' AND seq = 2")
    with unlock(first, "investigator", PASSWORD, StepClock(), read_only=True) as store:
        found = {f.origin: f for f in store.verify("full") if f.code == "verify.intact"}
        assert found[name].seq == 1 and found[store.origin].seq == store.heads()[store.origin][0]


def test_that_rows_received_and_not_verified_here_are_read_by_a_quick_check(pair: tuple[Path, Path]) -> None:
    first, second = pair
    with unlock(second, "investigator", PASSWORD, StepClock()) as store:
        sent, name = list(store.changes(store.origin)), store.origin
    with unlock(first, "investigator", PASSWORD, StepClock()) as store:
        assert store.verify("full")[-1].code == "verify.ok_full" and store.checked == "full"
        store.receive(sent, {})
    rewrite(first, f"UPDATE change SET program_version = 'x' WHERE origin = '{name}' AND seq = 2")
    with unlock(first, "investigator", PASSWORD, StepClock()) as store:
        assert store.checked == "" and "verify.row" in codes(store, "quick")


@pytest.mark.requirement("REQ-46")
def test_that_what_was_verified_is_remembered_and_not_read_again(study: Path) -> None:
    with unlock(study, "investigator", PASSWORD, StepClock()) as store:
        assert store.checked == ""
        require_checked(store)
        assert store.checked == "quick"
        keeper = store.parts.witness
        assert keeper is not None and keeper.last_verified == verified.since(store)[store.origin]
    with unlock(study, "investigator", PASSWORD, StepClock()) as store:
        assert store.checked == "quick"  # the last rows, which every unlocking verifies, are all that is new
        rows: list[int] = []
        check = check_of(store, lambda done, of: rows.append(of), verified.since(store))
        check.run("quick")
        assert max(rows) <= RECENT_ROWS


def test_that_a_witness_that_knows_nothing_of_it_has_everything_read_again(study: Path) -> None:
    with unlock(study, "investigator", PASSWORD, StepClock()) as store:
        require_checked(store)
    (study / witness.NAME).unlink()
    with unlock(study, "investigator", PASSWORD, StepClock()) as store:
        assert store.checked == "" and store.origin not in verified.since(store)


@pytest.mark.parametrize("text", ["nonsense", "[]", '{"a":[1]}', '{"a":["x","y"]}', '{"a":[1,"zz"]}'])
def test_that_a_memory_that_makes_no_sense_is_no_memory(study: Path, text: str) -> None:
    with unlock(study, "investigator", PASSWORD, StepClock()) as store:
        store.set_setting(verified.HEADS, text)
        store.set_setting(verified.FULL, text)
        assert verified.since(store) == {} and verified.last_full(store) is None
        assert verified.full_is_due(store, StepClock().now())


def test_that_a_full_verification_is_good_for_a_week(study: Path) -> None:
    clock = StepClock()
    with unlock(study, "investigator", PASSWORD, clock) as store:
        store.verify("full")
        last = verified.last_full(store)
        assert last is not None and last.entries == len(list(store.changes(store.origin)))
        now = clock.now()
        assert not verified.full_is_due(store, now) and not verified.full_is_due(store, now + verified.WEEK * 0.9)
        assert verified.full_is_due(store, now + verified.WEEK) and verified.full_is_due(store, now - verified.WEEK)


def test_that_a_verification_tells_how_far_it_is_and_can_be_ended(study: Path) -> None:
    class Ended(Exception):
        """Somebody has enough."""

    told: list[tuple[int, int]] = []
    with unlock(study, "investigator", PASSWORD, StepClock(), read_only=True) as store:
        store.verify("full", lambda done, of: told.append((done, of)))
        assert told == sorted(told) and told[-1][0] == told[-1][1]

        def enough(done: int, of: int) -> None:
            raise Ended

        with pytest.raises(Ended):
            store.verify("full", enough)
        assert store.verify("full")[-1].code == "verify.ok_full"


def test_that_two_processes_find_what_one_finds(study: Path) -> None:
    rewrite(study, "UPDATE change SET row_signature = zeroblob(64) WHERE value IN ('old 5', 'later 9')")
    with unlock(study, "investigator", PASSWORD, StepClock(), read_only=True) as store:
        alone = check_of(store).run("full")
        both = check_of(store)
        both.signatures = Shared()
        together = both.run("full")
        assert set(together.findings) == set(alone.findings) and together.whole == alone.whole
        keys = next(iter(store.who.keys.values())).public
        rows = [(keys.public_bytes_raw(), bytes(64), bytes(32), "o", 1)]
        gone = Shared()
        gone._process.kill()
        gone._process.join()
        assert gone.check(rows) + gone.rest() == [("o", 1)] == Alone().check(rows)


def test_that_a_steady_author_is_judged_as_row_by_row(study: Path) -> None:
    with unlock(study, "investigator", PASSWORD, StepClock(), read_only=True) as store:
        people = store.who
        for row in store.changes(store.origin):
            steady = people.steady(row.origin, row.key_id, row.user_oid, row.role, row.kind)
            assert people.fault_of(row) is None
            assert (steady is None) == (row.kind in (Kind.USER, Kind.SYSTEM, Kind.ANNOTATION))
        [key] = {at for at in people.keys if at[0] == store.origin and people.keys[at].user_oid == "U.01.1"} or [None]
        assert key is not None
        people.keys[key].revoked = (1, "a", 1)
        assert people.steady(*key, "U.01.1", "investigator", Kind.ITEM) is None
