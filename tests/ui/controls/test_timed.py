"""Schirmer and saliva: countdowns live in the stored start time; fields, conditions and results beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crf_desktop.model.data import Datum, NullFlavor
from crf_desktop.ui.controls.countdown import FORGOTTEN, deadlines
from crf_desktop.ui.controls.timed import TimedBlock, TimedCollectionsBlock, TimedReadingsBlock
from crf_desktop.ui.controls.timed_card import CollectionCard, TimedCard
from tests.ui.controls.stage import DEFINITION, HandClock, Stage

RIGHT, RIGHT_START = "I.SCHIRMER.RIGHT", "I.SCHIRMER.RIGHT_START"
LEFT, LEFT_START = "I.SCHIRMER.LEFT", "I.SCHIRMER.LEFT_START"
START_1, SECONDS_1, BEFORE_1, AFTER_1 = (
    "I.SALIVA.START_1",
    "I.SALIVA.SECONDS_1",
    "I.SALIVA.BEFORE_1",
    "I.SALIVA.AFTER_1",
)
AT_10_31 = "2026-05-06T10:31:00+08:00"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def schirmer(qt_application: object, clock: HandClock) -> Iterator[Stage]:
    stage = Stage("F.SCHIRMER", lambda *given: TimedReadingsBlock(*given, clock=clock))
    yield stage
    stage.close()


@pytest.fixture
def saliva(qt_application: object, clock: HandClock) -> Iterator[Stage]:
    stage = Stage("F.SALIVA", lambda *given: TimedCollectionsBlock(*given, clock=clock))
    yield stage
    stage.close()


def block(stage: Stage) -> TimedBlock:
    assert isinstance(stage.block, TimedBlock)
    return stage.block


def card(stage: Stage, n: int = 0) -> TimedCard:
    return block(stage).cards[n]


def click(button: Any) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def test_that_start_stores_the_time_of_now_with_its_offset(schirmer: Stage) -> None:
    click(card(schirmer).start)
    assert schirmer.said == [("answered", RIGHT_START, AT_10_31)]
    assert card(schirmer).face.words() == ("5:00", "left of 5:00 min")


def test_that_the_face_counts_down_by_the_clock(schirmer: Stage, clock: HandClock) -> None:
    click(card(schirmer).start)
    clock.turn(134)
    block(schirmer)._second()
    assert card(schirmer).face.words()[0] == "2:46"
    clock.turn(0.4)
    block(schirmer)._second()
    assert card(schirmer).face.words()[0] == "2:46"


def test_that_the_countdown_survives_a_rebuilt_widget(
    schirmer: Stage, clock: HandClock, qt_application: object
) -> None:
    click(card(schirmer).start)
    clock.turn(60)
    again = Stage("F.SCHIRMER", lambda *given: TimedReadingsBlock(*given, clock=clock), dict(schirmer.answers))
    assert card(again).face.words()[0] == "4:00"
    assert [d.started_item for d in block(again).running()] == [RIGHT_START]
    assert not again.said
    again.close()


def test_that_at_five_minutes_it_says_read_now_and_the_reading_ends_it(schirmer: Stage, clock: HandClock) -> None:
    changes: list[int] = []
    block(schirmer).timers_changed.connect(lambda: changes.append(1))
    click(card(schirmer).start)
    clock.turn(300)
    block(schirmer)._second()
    assert card(schirmer).face.words() == ("0:00", "Time is up: read now")
    assert card(schirmer).pill.text() == "Time is up"
    before = len(changes)
    block(schirmer).focus_item(RIGHT)
    QTest.keyClicks(card(schirmer).fields[RIGHT].entry, "12")
    QTest.keyClick(card(schirmer).fields[RIGHT].entry, Qt.Key.Key_Return)
    assert schirmer.value(RIGHT) == "12"
    assert card(schirmer).pill.text() == "Done" and not block(schirmer).running()
    assert len(changes) == before + 1


def test_that_the_reading_can_be_typed_at_once_without_a_timer(schirmer: Stage) -> None:
    block(schirmer).focus_item(LEFT)
    entry = card(schirmer, 1).fields[LEFT].entry
    assert entry.hasFocus() and entry.isEnabled()
    QTest.keyClicks(entry, "7")
    QTest.keyClick(entry, Qt.Key.Key_Return)
    assert schirmer.value(LEFT) == "7"


def test_that_stop_and_discard_clears_the_start_and_restart_stores_a_new_one(schirmer: Stage, clock: HandClock) -> None:
    click(card(schirmer).start)
    clock.turn(90)
    click(card(schirmer).again)
    assert schirmer.said[-1] == ("answered", RIGHT_START, "2026-05-06T10:32:30+08:00")
    click(card(schirmer).stop)
    assert schirmer.said[-1] == ("cleared", RIGHT_START)
    assert not block(schirmer).running() and not card(schirmer).start.isHidden()


def test_that_one_timer_ticks_only_while_something_runs_and_is_seen(schirmer: Stage) -> None:
    tick = block(schirmer)._tick
    assert not tick.isActive()
    click(card(schirmer).start)
    assert tick.isActive()
    schirmer.window.hide()
    assert not tick.isActive()
    schirmer.window.show()
    QApplication.processEvents()
    assert tick.isActive()
    click(card(schirmer).stop)
    assert not tick.isActive()


def test_that_the_wheel_and_repainting_never_answer(schirmer: Stage) -> None:
    click(card(schirmer).start)
    schirmer.said.clear()
    for part in (
        block(schirmer).strip.viewport(),
        card(schirmer).face,
        card(schirmer).fields[RIGHT].entry,
        card(schirmer).start,
    ):
        schirmer.wheel(part)
    schirmer.show()
    schirmer.look.set_language("zh")
    schirmer.look.set_dark(True)
    QApplication.processEvents()
    assert not schirmer.said


def test_that_a_refused_reading_stays_visible_with_its_message(schirmer: Stage) -> None:
    entry = card(schirmer).fields[RIGHT].entry
    block(schirmer).focus_item(RIGHT)
    QTest.keyClicks(entry, "45")
    block(schirmer).show_refused(RIGHT, "The strip is 35 mm long.", "Not saved.")
    assert entry.text() == "45"
    assert card(schirmer).fields[RIGHT].message.happened == "The strip is 35 mm long."


def test_that_conditions_are_answered_yes_or_no_by_key(schirmer: Stage) -> None:
    first = block(schirmer).block.conditions[0]
    block(schirmer).focus_item(first)
    QTest.keyClick(block(schirmer).strip, Qt.Key.Key_1)
    QTest.keyClick(block(schirmer).strip, Qt.Key.Key_Tab)
    QTest.keyClick(block(schirmer).strip, Qt.Key.Key_0)
    assert [words[2] for words in schirmer.said] == ["true", "false"]


def test_that_a_missing_reading_ends_the_countdown(schirmer: Stage) -> None:
    click(card(schirmer).start)
    schirmer.miss(RIGHT, "child cried")
    assert not block(schirmer).running()
    assert card(schirmer).face.words() == ("", "No reading")


def test_that_the_seconds_are_filled_when_the_countdown_of_a_collection_ends(saliva: Stage, clock: HandClock) -> None:
    click(card(saliva).start)
    clock.turn(299)
    block(saliva)._second()
    assert saliva.value(SECONDS_1) is None
    clock.turn(1)
    block(saliva)._second()
    assert saliva.said[-1] == ("answered", SECONDS_1, "300")
    block(saliva)._second()
    assert len(saliva.answers_said()) == 2


def test_that_seconds_typed_by_a_person_are_not_replaced(saliva: Stage, clock: HandClock) -> None:
    click(card(saliva).start)
    saliva.answers[SECONDS_1] = Datum("280", unit_oid="MU.S")
    saliva.show()
    clock.turn(400)
    block(saliva)._second()
    assert saliva.value(SECONDS_1) == "280" and len(saliva.answers_said()) == 1


def test_that_a_collection_which_ended_while_the_page_was_closed_is_filled_when_it_is_seen_again(
    qt_application: object, clock: HandClock
) -> None:
    clock.turn(420)
    stage = Stage("F.SALIVA", lambda *given: TimedCollectionsBlock(*given, clock=clock), {START_1: Datum(AT_10_31)})
    QTest.qWait(20)
    assert stage.said == [("answered", SECONDS_1, "300")]
    stage.close()


def test_that_a_collection_forgotten_for_hours_is_left_to_a_person(qt_application: object, clock: HandClock) -> None:
    clock.turn(5 * 3600)
    stage = Stage("F.SALIVA", lambda *given: TimedCollectionsBlock(*given, clock=clock), {START_1: Datum(AT_10_31)})
    QTest.qWait(20)
    assert not stage.said
    assert card(stage).face.words() == ("0:00", "ended 10:36")
    stage.close()


def test_that_a_read_only_page_starts_and_fills_nothing(saliva: Stage, clock: HandClock) -> None:
    saliva.read_only = True
    saliva.answers[START_1] = Datum(AT_10_31)
    saliva.show()
    clock.turn(400)
    block(saliva)._second()
    assert not saliva.said
    assert card(saliva).start.isHidden() and card(saliva).stop.isHidden() and card(saliva, 1).start.isHidden()


def test_that_net_weight_and_rate_are_printed_as_derived(saliva: Stage) -> None:
    saliva.answers |= {
        BEFORE_1: Datum("12.346", unit_oid="MU.G"),
        AFTER_1: Datum("12.936", unit_oid="MU.G"),
        SECONDS_1: Datum("300", unit_oid="MU.S"),
        START_1: Datum("2026-05-06T10:12:40+08:00"),
    }
    saliva.show()
    shown = card(saliva)
    assert isinstance(shown, CollectionCard)
    assert shown.rate.text() == "0.118\u00a0mL/min"
    assert shown.net.text() == "0.590\u00a0g in 300\u00a0s"
    assert shown.started.text() == "10:12:40 to 10:17:40, 300\u00a0s"


def test_that_the_tube_after_can_be_typed_before_the_timer_ends(saliva: Stage) -> None:
    entry = card(saliva).fields[AFTER_1].entry
    assert entry.isEnabled() and entry.placeholderText() == "after timer"


def test_that_deadlines_are_read_from_the_answers_of_a_visit_alone(clock: HandClock) -> None:
    answers = {
        RIGHT_START: Datum(AT_10_31),
        LEFT_START: Datum("2026-05-06T10:30:30+08:00"),
        START_1: Datum("2026-05-06T10:20:00+08:00"),
        "I.SALIVA.START_2": Datum("2026-05-06T08:00:00+08:00"),
    }
    clock.turn(60)
    found = deadlines(DEFINITION, answers, clock())
    assert [(d.started_item, d.left(clock())) for d in found] == [
        (START_1, -420),
        (LEFT_START, 210),
        (RIGHT_START, 240),
    ]
    assert [d.title.zh for d in found][1:] == ["左眼", "右眼"]
    answers |= {RIGHT: Datum("9", unit_oid="MU.MM"), LEFT: Datum(null_flavor=NullFlavor.REFUSED)}
    assert [d.started_item for d in deadlines(DEFINITION, answers, clock())] == [START_1]
    assert not deadlines(DEFINITION, answers, clock() + FORGOTTEN)


def test_that_a_clock_set_back_never_shows_more_than_the_whole_time(clock: HandClock) -> None:
    found = deadlines(DEFINITION, {RIGHT_START: Datum(AT_10_31)}, clock() - timedelta(minutes=10))
    assert found[0].left(clock() - timedelta(minutes=10)) == 300
    assert found[0].part_gone(clock() - timedelta(minutes=10)) == 0


def test_that_another_time_zone_reads_the_same_deadline(clock: HandClock) -> None:
    answers = {RIGHT_START: Datum("2026-05-06T02:31:00+00:00")}
    assert deadlines(DEFINITION, answers, clock())[0].left(clock()) == 300


@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_both_pages_fit_a_window_of_1280_by_800(schirmer: Stage, saliva: Stage, language: str) -> None:
    for stage in (schirmer, saliva):
        stage.look.set_language(language)  # type: ignore[arg-type]
        stage.block.setFixedWidth(1232)
        QApplication.processEvents()
        assert stage.block.minimumSizeHint().height() <= 555
