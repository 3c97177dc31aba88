"""Cold start to the painted unlock window, against a bare window with the same font, widgets and style sheet.

Run: ``python -m tests.bench.start``. Whole processes, interleaved; each ends the moment its first frame is painted.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.large_study import study_of

GOAL = 1.5
ROUNDS = 11

OURS = """
import os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from crf_desktop.ui.application import make_window
from crf_desktop.ui.look import Look
app = QApplication(["crf-desktop"])
window = make_window(app, Look())
window.show_folder(Path(sys.argv[1]))
window.show()
app.processEvents()
os._exit(0)
"""

BARE = """
import json, os, sys
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import *
app = QApplication(["bare"])
for path in sys.argv[2:]:
    QFontDatabase.addApplicationFont(path)
app.setStyle("Fusion")
app.setStyleSheet(open(sys.argv[1], encoding="utf-8").read())
window = QWidget()
window.resize(1280, 800)
layout = QGridLayout(window)
for number, (kind, text) in enumerate(json.load(open(sys.argv[1] + ".widgets", encoding="utf-8"))):
    widget = globals()[kind]()
    if kind == "QLabel":
        widget.setTextFormat(Qt.TextFormat.PlainText)
    if text:
        widget.setText(text)
    layout.addWidget(widget, number // 6, number % 6)
window.show()
app.processEvents()
os._exit(0)
"""

STOCK = ("QLabel", "QLineEdit", "QPushButton", "QToolButton", "QFrame", "QComboBox", "QStackedWidget", "QWidget")
WORDED = ("QLabel", "QLineEdit", "QPushButton", "QToolButton")


def describe(folder: Path) -> None:
    """Writes the style sheet, and the stock widgets with their texts that the unlock window is made of."""
    from PySide6.QtWidgets import QApplication, QWidget

    from crf_desktop.ui.application import make_window
    from crf_desktop.ui.look import Look
    from crf_desktop.ui.style import style_sheet

    app = QApplication([])
    window = make_window(app, Look())
    widgets = []
    for widget in window.findChildren(QWidget):
        kind = next(c.__name__ for c in type(widget).__mro__ if c.__name__ in STOCK)
        text = widget.text() if hasattr(widget, "text") and kind in WORDED else ""
        widgets.append((kind, text))
    (folder / "style").write_text(style_sheet(Look()), encoding="utf-8")
    (folder / "style.widgets").write_text(json.dumps(widgets), encoding="utf-8")


def seconds(script: str, *arguments: str) -> float:
    """Wall time of one whole process."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", script, *arguments], check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> int:
    """Prints both medians and their ratio; exit 1 when the goal is missed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from crf_desktop.settings import resource

    study = str(study_of(15))
    fonts = [str(resource("fonts", f"CRFSans-{weight}.ttf")) for weight in ("Regular", "Bold")]
    with tempfile.TemporaryDirectory() as folder:
        describe(Path(folder))
        bare_arguments = [str(Path(folder) / "style"), *fonts]
        ours, bare = [], []
        for number in range(ROUNDS + 1):
            taken = seconds(BARE, *bare_arguments), seconds(OURS, study)
            if number:
                bare.append(taken[0])
                ours.append(taken[1])
    ratio = statistics.median(ours) / statistics.median(bare)
    told = f"bare window {statistics.median(bare):.3f} s, unlock window {statistics.median(ours):.3f} s"
    print(f"{told}, ratio {ratio:.2f} (goal ≤ {GOAL})")
    return int(ratio > GOAL)


if __name__ == "__main__":
    sys.exit(main())
