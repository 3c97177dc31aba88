"""The envelope on its own: every way in which a bundle can be cut, bent or lie."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
from pathlib import Path

import pyrage
import pytest

from crf_desktop.errors import EnvironmentProblem, Refused
from crf_desktop.exchange import strict_json
from crf_desktop.exchange.envelope import seal, unseal
from crf_desktop.exchange.manifest import SIGNING_CONTEXT, Run, read_manifest
from crf_desktop.exchange.reading import Reading, read_bundle
from crf_desktop.exchange.record import PRELUDE, RecordError, RecordType, document_body, framed, read_row
from tests.exchange import rows as plain

ME = pyrage.x25519.Identity.generate()
HERE = [str(ME.to_public())]
DOCUMENT = b'{"format":1}'


def sealed(path: Path, made: plain.Records, to: list[str] = HERE) -> Path:
    out = io.BytesIO()
    seal(iter(made), to, out)
    path.write_bytes(out.getvalue())
    return path


def raw(path: Path, plaintext: bytes) -> Path:
    path.write_bytes(pyrage.encrypt(plaintext, [ME.to_public()]))
    return path


def code_of(path: Path, identity: str = "") -> str:
    with pytest.raises((Refused, EnvironmentProblem)) as caught:
        read_bundle(path, identity or str(ME))
    assert all(caught.value.sentences("en")) and all(caught.value.sentences("zh"))
    return caught.value.code


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return sealed(tmp_path / "a.bundle", plain.records(plain.chain(40), HERE, [DOCUMENT]))


def test_that_a_sound_bundle_reads_back_row_by_row(sound: Path) -> None:
    reading = read_bundle(sound, str(ME))
    assert [c.seq for c in reading.rows] == list(range(1, 41))
    assert [c.datum.value for c in reading.rows] == [str(n) for n in range(1, 41)]
    assert list(reading.documents.values()) == [(plain.DEFINITION, DOCUMENT)]
    assert reading.rows[-1].hash.hex() == reading.manifest.runs[0].head
    assert reading.rows[3:5] == [reading.rows[3], reading.rows[4]]


def test_that_a_bundle_cut_anywhere_is_refused(sound: Path, tmp_path: Path) -> None:
    whole = sound.read_bytes()
    for end in [*range(0, len(whole), 997), *range(24), len(whole) - 1, len(whole) - 16, len(whole) - 17]:
        cut = tmp_path / "cut.bundle"
        cut.write_bytes(whole[:end])
        assert code_of(cut) in {"bundle.damaged", "bundle.empty"}, end


def test_that_one_flipped_bit_anywhere_is_refused(sound: Path, tmp_path: Path) -> None:
    whole = sound.read_bytes()
    chance = random.Random(7)
    for at in [*range(40), *(chance.randrange(len(whole)) for _ in range(300))]:
        bent = bytearray(whole)
        bent[at] ^= 1 << chance.randrange(8)
        (tmp_path / "bent.bundle").write_bytes(bent)
        assert code_of(tmp_path / "bent.bundle").startswith("bundle."), at


def test_that_bytes_after_the_end_are_refused(sound: Path) -> None:
    sound.write_bytes(sound.read_bytes() + b"\x00")
    assert code_of(sound) == "bundle.damaged"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bundle.empty"),
        (b"PK\x03\x04 a zip", "bundle.not_a_bundle"),
        (b"age-encryption.org/v2\n-> X25519 x\n", "bundle.newer"),
        (b"age-encr", "bundle.damaged"),
        (b"age-encryption.org/v1\n" + b"-> X25519 aaaa\n" * 10_000, "bundle.too_large"),
    ],
)
def test_that_what_is_no_bundle_is_told_apart(content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(content)
    assert code_of(tmp_path / "x") == code


def test_that_a_bundle_for_somebody_else_is_refused(sound: Path) -> None:
    assert code_of(sound, str(pyrage.x25519.Identity.generate())) == "bundle.other_recipient"


def test_that_a_missing_file_is_the_machines_problem(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none") == "bundle.unreadable"


def test_that_a_newer_format_is_told(tmp_path: Path) -> None:
    made = plain.records(plain.chain(2), HERE)
    stream = b"".join(framed(k, b) for k, b in made)
    assert code_of(raw(tmp_path / "n", PRELUDE[:-1] + b"\x02" + stream)) == "bundle.newer"
    newer = made[0][1].replace(b'"format":1', b'"format":2')
    assert code_of(sealed(tmp_path / "m", [(RecordType.MANIFEST, newer), *made[1:]])) == "bundle.newer"


@pytest.mark.parametrize("kind", [*RecordType, 0x00, 0xFF])
def test_that_a_record_of_four_gigabytes_is_refused_when_its_length_is_read(kind: int, tmp_path: Path) -> None:
    bundle = raw(tmp_path / "x", PRELUDE + struct.pack(">IB", 0xFFFFFFFF, kind) + b"x" * 500_000)
    tracemalloc.start()
    code = code_of(bundle)
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()
    assert code == ("bundle.too_large" if kind in set(RecordType) else "bundle.bad_structure")


def test_that_a_hundred_megabytes_that_compress_to_nothing_cost_no_memory(tmp_path: Path) -> None:
    made = plain.records(plain.chain(1), HERE)
    endless = ((RecordType.ROW, made[2][1]) for _ in range(50_000))
    with (tmp_path / "x").open("wb") as file:
        seal(iter([*made[:2], *endless]), HERE, file)
    tracemalloc.start()
    assert code_of(tmp_path / "x") == "bundle.inconsistent"
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


def altered(index: int, record: tuple[RecordType, bytes] | None, made: plain.Records) -> plain.Records:
    """The records with one replaced or dropped, and an end record that agrees."""
    body = [r for i, r in enumerate(made[:-1]) if i != index or record is not None]
    if record is not None:
        body[index] = record
    return [*body, plain.end_of(body)]


def test_that_rows_dropped_doubled_swapped_or_foreign_are_refused(tmp_path: Path) -> None:
    made = plain.records(plain.chain(6), HERE)
    swapped = [*made[:3], made[4], made[3], *made[5:-1]]
    doubled = [*made[:3], made[2], *made[3:-1]]
    stranger = (RecordType.ROW, plain.chain(1, origin="ORIGINB", first=3)[0])
    for hostile in (
        altered(4, None, made),
        altered(7, None, made),
        [*swapped, plain.end_of(swapped)],
        [*doubled, plain.end_of(doubled)],
        altered(4, stranger, made),
    ):
        assert code_of(sealed(tmp_path / "x", hostile)) == "bundle.inconsistent"


def test_that_a_value_changed_inside_is_refused(tmp_path: Path) -> None:
    made = plain.records(plain.chain(4), HERE)
    body = made[3][1]
    assert code_of(sealed(tmp_path / "x", altered(3, (RecordType.ROW, body.replace(b"I.PGA", b"I.PGB")), made)))
    rehashed = plain.chain(1, first=2, previous=body[-200:-168])[0]
    assert code_of(sealed(tmp_path / "y", altered(3, (RecordType.ROW, rehashed), made))) == "bundle.inconsistent"


def test_that_a_manifest_nobody_signed_is_refused(tmp_path: Path) -> None:
    made = plain.records(plain.chain(2), HERE)
    assert (
        code_of(sealed(tmp_path / "x", altered(1, (RecordType.SIGNATURE, bytes(64)), made))) == "bundle.bad_signature"
    )
    assert code_of(sealed(tmp_path / "y", altered(1, None, made))) == "bundle.bad_structure"
    assert code_of(sealed(tmp_path / "z", altered(0, None, made))) == "bundle.bad_structure"
    longer = plain.manifest_of(plain.chain(2), HERE, runs=(Run("ORIGINA", 1, 3, plain.ZERO.hex(), "00" * 32),), rows=3)
    signed = [
        (RecordType.MANIFEST, longer.to_bytes()),
        (RecordType.SIGNATURE, plain.KEY.sign(SIGNING_CONTEXT + longer.to_bytes())),
    ]
    body = [*signed, *made[2:-1]]
    assert code_of(sealed(tmp_path / "w", [*body, plain.end_of(body)])) == "bundle.inconsistent"


def test_that_an_end_that_is_missing_wrong_or_not_last_is_refused(tmp_path: Path) -> None:
    made = plain.records(plain.chain(2), HERE)
    assert code_of(sealed(tmp_path / "a", made[:-1])) == "bundle.damaged"
    wrong = (RecordType.END, made[-1][1].replace(b'"rows":2', b'"rows":3'))
    assert code_of(sealed(tmp_path / "b", [*made[:-1], wrong])) == "bundle.inconsistent"
    assert code_of(sealed(tmp_path / "c", [*made, made[2]])) == "bundle.bad_structure"
    assert code_of(raw(tmp_path / "d", PRELUDE)) == "bundle.damaged"
    assert code_of(raw(tmp_path / "e", PRELUDE[:5])) == "bundle.damaged"
    stream = PRELUDE + b"".join(framed(k, b) for k, b in made)
    assert code_of(raw(tmp_path / "f", stream[:-3])) == "bundle.damaged"


def test_that_documents_must_be_the_ones_the_manifest_names(tmp_path: Path) -> None:
    made = plain.records(plain.chain(2), HERE, [DOCUMENT])
    other = (RecordType.DOCUMENT, document_body("application/pdf", b"other"))
    assert code_of(sealed(tmp_path / "a", altered(4, other, made))) == "bundle.inconsistent"
    assert code_of(sealed(tmp_path / "b", altered(4, None, made))) == "bundle.inconsistent"
    assert code_of(sealed(tmp_path / "c", altered(4, (RecordType.DOCUMENT, b""), made))) == "bundle.bad_structure"
    assert (
        code_of(sealed(tmp_path / "d", altered(4, (RecordType.DOCUMENT, b"\x04a\nbc"), made))) == "bundle.bad_structure"
    )
    stranger = (RecordType.DOCUMENT, document_body("application/pdf", DOCUMENT))
    assert code_of(sealed(tmp_path / "f", altered(4, stranger, made))) == "bundle.inconsistent", "no row names it"
    late = [*made[:3], made[4], made[3]]
    assert code_of(sealed(tmp_path / "e", [*late, plain.end_of(late)])) == "bundle.inconsistent"


@pytest.mark.parametrize(
    "text",
    [
        b"[" * 100_000,
        b'{"a":1,"a":2}',
        b'{"a":NaN}',
        b'{"a":1.5}',
        b'{"a":1e3}',
        b'{"a":"\\ud800"}',
        b'{"a":' + b"9" * 10_000 + b"}",
        b'{"a":9007199254740992}',
        b'{"a":1}x',
        b"\xff",
        b'"a"',
        b"",
    ],
)
def test_that_json_is_read_without_mercy(text: bytes) -> None:
    with pytest.raises(strict_json.StrictError):
        strict_json.read_object(text, 1 << 20)


def test_that_brackets_inside_strings_are_not_depth() -> None:
    assert strict_json.read_object(b'{"a":"' + b"[" * 100 + b'\\"["}', 1000) == {"a": "[" * 100 + '"['}


def test_that_a_manifest_must_be_canonical_and_complete() -> None:
    good = plain.manifest_of(plain.chain(1), HERE).to_bytes()
    assert read_manifest(good).to_bytes() == good
    for bad in (
        good.replace(b'"rows":1', b'"rows": 1'),
        good.replace(b'"rows":1', b'"rows":2'),
        good.replace(b'"rows":1', b'"rows":true'),
        good.replace(b'"rows":1', b'"more":1,"rows":1'),
        good.replace(b'"utc_offset_min":480', b'"utc_offset_min":"x"'),
        good.replace(b"age1", b"agex"),
        good.replace(b'"first_seq":1', b'"first_seq":0'),
        good.replace(b'"runs":[', b'"runs":[7,'),
        good.replace(b'"certificate":null', b'"certificate":7'),
    ):
        assert bad != good
        with pytest.raises(RecordError):
            read_manifest(bad)


def test_that_a_row_with_any_column_wrong_is_refused() -> None:
    import hashlib

    good = plain.columns(1, plain.ZERO)
    wrong: list[tuple[int, object]] = [
        (0, None), (0, 7), (1, 0), (1, "1"), (2, 2), (4, -1), (5, "nothing"), (6, ""), (14, "Delete"),
        (19, '{"a": 1}'), (19, "[]"), (19, '{"a":1.5}'), (15, "x" * 20_000), (16, "="),
        (18, "XX"), (18, "ND"), (20, 3), (21, "dreamt"), (33, "Nowhere"), (36, "ORIGINA"), (38, b"short"), (38, "text"),
        (15, "e\u0301"), (15, "a\x00b"),
    ]  # fmt: skip
    for at, value in wrong:
        bent = [*good]
        bent[at] = value  # type: ignore[call-overload]
        encoding = plain.encoded(bent)
        with pytest.raises(RecordError):
            read_row(encoding + hashlib.sha256(encoding).digest() + bytes(64))
    encoding = plain.encoded(good)
    for end in range(len(encoding)):
        with pytest.raises(RecordError):
            read_row(encoding[:end] + hashlib.sha256(encoding[:end]).digest() + bytes(64))
    with pytest.raises(RecordError):
        read_row(encoding + b"\x00" + hashlib.sha256(encoding + b"\x00").digest() + bytes(64))


def test_that_nothing_is_used_before_the_end_was_authentic(sound: Path, tmp_path: Path) -> None:
    whole = sound.read_bytes()
    (tmp_path / "cut").write_bytes(whole[:-1])
    reading = Reading()
    with pytest.raises(Refused):
        unseal(tmp_path / "cut", str(ME), reading)
    with pytest.raises(RecordError):
        reading.finish() if not reading._ended else (_ for _ in ()).throw(RecordError("cut"))
