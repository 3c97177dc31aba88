"""Controls of the form pages: the closed table from layout to control."""

from __future__ import annotations

from typing import assert_never

from crf_desktop.model import layout
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.ui.controls.contract import Block
from crf_desktop.ui.look import Look

_Questions = layout.FieldCard | layout.HeadChoice | layout.ChoiceRows | layout.RepeatTable | layout.DerivedCard
_Scales = layout.ScaleRows | layout.VisualAnalogue | layout.LevelTable | layout.GradeGrid | layout.JointFigure


def build(block: layout.Block, definition: MetaDataVersion, look: Look) -> Block:
    """The control of a layout block; each is read when the first page that has it opens, to save start-up time."""
    match block:
        case (
            layout.FieldCard()
            | layout.HeadChoice()
            | layout.ChoiceRows()
            | layout.RepeatTable()
            | layout.DerivedCard()
        ):
            return _questions(block, definition, look)
        case (
            layout.ScaleRows()
            | layout.VisualAnalogue()
            | layout.LevelTable()
            | layout.GradeGrid()
            | layout.JointFigure()
        ):
            return _scales(block, definition, look)
        case layout.TimedReadings():
            from crf_desktop.ui.controls.timed import TimedReadingsBlock

            return TimedReadingsBlock(block, definition, look)
        case layout.TimedCollections():
            from crf_desktop.ui.controls.timed import TimedCollectionsBlock

            return TimedCollectionsBlock(block, definition, look)
        case _:
            assert_never(block)


def _questions(block: _Questions, definition: MetaDataVersion, look: Look) -> Block:
    """Ordinary questions, and what follows from them."""
    match block:
        case layout.FieldCard():
            from crf_desktop.ui.controls.field_card import FieldCardBlock

            return FieldCardBlock(block, definition, look)
        case layout.HeadChoice():
            from crf_desktop.ui.controls.choice import HeadChoiceBlock

            return HeadChoiceBlock(block, definition, look)
        case layout.ChoiceRows():
            from crf_desktop.ui.controls.choice_rows import ChoiceRowsBlock

            return ChoiceRowsBlock(block, definition, look)
        case layout.RepeatTable():
            from crf_desktop.ui.controls.repeat_table import RepeatTableBlock

            return RepeatTableBlock(block, definition, look)
        case layout.DerivedCard():
            from crf_desktop.ui.controls.derived_card import DerivedCardBlock

            return DerivedCardBlock(block, definition, look)


def _scales(block: _Scales, definition: MetaDataVersion, look: Look) -> Block:
    """What is rated: scales, levels, grades, joints."""
    match block:
        case layout.ScaleRows():
            from crf_desktop.ui.controls.scale_rows import ScaleRowsBlock

            return ScaleRowsBlock(block, definition, look)
        case layout.VisualAnalogue():
            from crf_desktop.ui.controls.visual_analogue import VisualAnalogueBlock

            return VisualAnalogueBlock(block, definition, look)
        case layout.LevelTable():
            from crf_desktop.ui.controls.level_table import LevelTableBlock

            return LevelTableBlock(block, definition, look)
        case layout.GradeGrid():
            from crf_desktop.ui.controls.grade_grid import GradeGridBlock

            return GradeGridBlock(block, definition, look)
        case layout.JointFigure():
            from crf_desktop.ui.controls.joint_figure import JointFigureBlock

            return JointFigureBlock(block, definition, look)
