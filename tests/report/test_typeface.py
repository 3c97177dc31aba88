"""Lines break by word, Chinese by character with kinsoku, and nothing is lost or clipped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crf_desktop.report.typeface import Run, printable, width, wrap

CHINESE = "发热37.5–38.5 °C（轻度或间歇性），或盗汗；和/或体重下降5–10%。受试者12岁，2026年5月6日随访：请核对。" * 3


def lines(text: str, available: float) -> list[str]:
    return ["".join(r.text for r in line) for line in wrap([Run(text)], available)]


def test_that_english_breaks_between_words() -> None:
    said = "Persistent cough from bronchial involvement with a normal radiograph of the chest"
    broken = lines(said, 120)
    assert len(broken) > 1
    assert " ".join(broken) == said


def test_that_no_chinese_line_begins_with_closing_or_ends_with_opening_punctuation() -> None:
    for available in range(40, 300, 7):
        broken = lines(CHINESE, available)
        assert not [one for one in broken[1:] if one[0] in "，。：；）、％%"]
        assert not [one for one in broken[:-1] if one[-1] in "（“‘"]
        assert "".join(broken).replace(" ", "") == CHINESE.replace(" ", "")


def test_that_a_number_stays_with_its_unit_and_its_year() -> None:
    for available in range(60, 200, 9):
        assert not [
            one for one in lines("见2026年5月6日，12岁，第0周，第196天" * 4, available) if one[0] in "年月日岁周天"
        ]
        assert not [
            one for one in lines("flow was 0.110\u00a0mL/min in this visit " * 4, available) if one.startswith("mL/min")
        ]


def test_that_a_word_wider_than_the_line_is_broken_and_kept() -> None:
    broken = lines("x" * 300, 100)
    assert "".join(broken) == "x" * 300
    assert all(width(one, 8) <= 100 for one in broken)


def test_that_a_character_the_typeface_lacks_is_spelled() -> None:
    assert printable("ok \U0001f600") == "ok [U+1F600]"
    assert printable("Č≥ 随访 ⁶") == "Č≥ 随访 ⁶"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=200), st.integers(30, 200))
def test_that_no_line_is_wider_than_its_room_and_no_character_is_lost(text: str, room: int) -> None:
    broken = lines(text, room)
    assert all(width(one, 8) <= room + 0.1 for one in broken)
    assert "".join(broken).replace(" ", "") == printable(text).replace(" ", "")
