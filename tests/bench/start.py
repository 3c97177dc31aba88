"""Cold start to the painted unlock window, against a bare window with the same font, widgets and style sheet.

Run: ``python -m tests.bench.start``. Whole processes, interleaved; each ends the moment its first frame is painted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
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
import os, sys
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
kinds = [line.split() for line in open(sys.argv[1] + ".widgets")]
for number, kind in enumerate(kind for kind, count in kinds for _ in range(int(count))):
    layout.addWidget(globals()[kind](), number // 6, number % 6)
window.show()
app.processEvents()
os._exit(0)
"""

STOCK = ("QLabel", "QLineEdit", "QPushButton", "QToolButton", "QFrame", "QComboBox", "QStackedWidget", "QWidget")


def describe(folder: Path) -> None:
    """Writes the style sheet and the number of stock widgets of each kind that the unlock window is made of."""
    from PySide6.QtWidgets import QApplication, QWidget

    from crf_desktop.ui.application import make_window
    from crf_desktop.ui.look import Look
    from crf_desktop.ui.style import style_sheet

    app = QApplication([])
    window = make_window(app, Look())
    counted: Counter[str] = Counter()
    for widget in window.findChildren(QWidget):
        names = [kind.__name__ for kind in type(widget).__mro__]
        counted[next(name for name in names if name in STOCK)] += 1
    (folder / "style").write_text(style_sheet(Look()), encoding="utf-8")
    (folder / "style.widgets").write_text("\n".join(f"{k} {n}" for k, n in counted.items()), encoding="utf-8")


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
    print(f"bare window {statistics.median(bare):.3f} s, unlock window {statistics.median(ours):.3f} s, ratio {ratio:.2f} (goal ≤ {GOAL})")
    return int(ratio > GOAL)


if __name__ == "__main__":
    sys.exit(main())
