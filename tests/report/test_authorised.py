"""The list of authorised persons on paper."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from attrs import evolve

from crf_desktop.capture.roster import Authorised, KeyFact, Period, Roster
from crf_desktop.errors import Language
from crf_desktop.model.data import Person
from crf_desktop.report.authorised import authorised_pdf

AT, LATER = "2027-05-06T09:00:00+08:00", "2027-06-01T17:30:00+08:00"
KEY = KeyFact("abcdefghijklm", "0" * 32, "1f" * 20, "2e" * 20, AT, "2032-05-06T09:00:00+00:00", False, True)
OPEN = Authorised(
    Person("U.01.1", "li.mei", "Li Mei 李梅", "investigator"), "in_force", AT, "", "",
    (Period("coordinator", AT, LATER), Period("investigator", LATER, "", "Changed post")), (KEY,), LATER, True, False,
)  # fmt: skip
CLOSED = Authorised(
    Person("U.01.2", "zhang", "Zhang Wei", "monitor"), "closed", AT, LATER, "Left the hospital",
    (Period("monitor", AT, LATER),), (evolve(KEY, until=LATER, revoked=True),), "", False, True,
)  # fmt: skip
ROSTER = Roster((OPEN, CLOSED), "2027-06-01", LATER, "ST.NCT06410833", "01", "abcdefghijklm", 421, "9c" * 32)


def text(pdf: bytes, tmp_path: Path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not here")
    (tmp_path / "list.pdf").write_bytes(pdf)
    command = ["pdftotext", "-raw", str(tmp_path / "list.pdf"), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.requirement("REQ-09", "REQ-21")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("on 1 Jun 2027", "Li Mei 李梅", "coordinator", "revoked 1 Jun 2027 17:30", "never", "Left the hospital",
                "another person has this user name", "up to entry 421")),
        ("zh", ("2027年6月1日授权人员名单", "协调员", "已停用", "从未登录", "另有一人使用此用户名", "第421条")),
    ],
)  # fmt: skip
def test_that_the_list_says_who_was_what_from_when_until_when(
    language: Language, words: tuple[str, ...], tmp_path: Path
) -> None:
    told = text(authorised_pdf(ROSTER, language), tmp_path).replace("\u00a0", " ")
    flat = "".join(told.split())
    assert [w for w in words if w.replace(" ", "") not in flat] == []
    for certain in ("U.01.1", "li.mei", "1f" * 20, "9c" * 32, "CRF Desktop", "ST.NCT06410833"):
        assert certain.replace(" ", "") in flat, certain


@pytest.mark.requirement("REQ-09")
def test_that_a_long_list_goes_on_over_pages_and_the_same_list_is_the_same_file() -> None:
    many = evolve(ROSTER, people=(OPEN, CLOSED) * 20)
    first, again = authorised_pdf(many, "en"), authorised_pdf(many, "en")
    assert first == again and first.count(b"/Type /Page\n") + first.count(b"/Type /Page ") > 2
