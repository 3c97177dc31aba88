"""What every form says on paper, in English and in Chinese, and as rows of its tables; ``python -m tests.golden.make``.

Writes ``tests/golden/forms/<form>.txt``. Read the difference before it is committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crf_desktop.errors import LANGUAGES, Language
from crf_desktop.exchange.form_table import Instance
from crf_desktop.model.data import FormHead
from crf_desktop.model.path import ItemPath
from crf_desktop.model.table_shape import shapes
from crf_desktop.report.answer import Reader
from crf_desktop.report.drawing import Pen
from crf_desktop.report.flow import Flow
from crf_desktop.report.form_section import draw_form
from crf_desktop.report.typeface import Run, width
from tests.golden.filled import REMARK, filled, visit_of
from tests.report.builder import definition

FORMS = Path(__file__).parent / "forms"


class Reading(Pen):
    """A pen that keeps the words and where they stand."""

    def __init__(self) -> None:
        super().__init__(None)
        self.words: list[tuple[float, float, str]] = []

    def text(self, x: float, y: float, run: Run, align: Any = "left", white: bool = False) -> None:
        if align != "left":
            x -= width(run.text, run.size, run.bold) / (1 if align == "right" else 2)
        self.words.append((round(y), x, run.text))

    def _nothing(self, *arguments: Any, **more: Any) -> None:
        """Lines and shapes say no words."""

    rule = box = dot = stroke = glyph = qr = _nothing  # type: ignore[assignment]


def on_paper(form_oid: str, language: Language) -> Iterator[str]:
    """The lines of a form's section, words in the order of the eye."""
    flow = Flow(40, 40, 800, 1.4)
    reader = Reader(visit_of(form_oid), language)
    draw_form(flow, reader, reader.record.forms[0])
    for page in flow.pages:
        pen = Reading()
        for draw in page:
            draw(pen)
        lines: dict[float, list[tuple[float, str]]] = {}
        for y, x, text in pen.words:
            lines.setdefault(y, []).append((x, text))
        for y in sorted(lines):
            yield " ".join(text.strip() for _, text in sorted(lines[y]) if text.strip()).replace("\u00a0", " ")


def in_tables(form_oid: str) -> Iterator[str]:
    """Each table of a form: its columns with the value of each row."""
    whole, form = filled(form_oid), definition().form[form_oid]
    path = ItemPath("01-003", whole.at.event, "", form_oid, whole.key)
    head = FormHead(path, len(whole.answers), 0, True, False, False)
    remarks = {at: REMARK for at, datum in whole.answers.items() if datum.null_flavor}
    when = (whole.at.date or "", "0", "0")
    instance = Instance(head, when, whole.answers, remarks, whole.seen().form(form))
    for shape in shapes(definition()):
        if shape.form.oid == form_oid:
            yield f"--- {shape.name}.csv"
            rows = list(instance.rows(shape))
            yield from (f"{c} = {' | '.join(r[n] for r in rows)}".rstrip() for n, c in enumerate(shape.columns))


def golden(form_oid: str) -> str:
    """Everything a form says, as text."""
    parts = [[f"=== {language}", *on_paper(form_oid, language)] for language in LANGUAGES]
    return "\n".join(line for part in [*parts, ["=== tables", *in_tables(form_oid)]] for line in part) + "\n"


def main() -> None:
    """Writes all of them anew; one of a form that is gone goes too."""
    FORMS.mkdir(exist_ok=True)
    for path in FORMS.glob("*.txt"):
        path.unlink()
    for form in definition().forms:
        (FORMS / f"{form.oid}.txt").write_text(golden(form.oid), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
