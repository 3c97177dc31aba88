"""From F12 to the covered screen, to the closed study, to the new window: ``python -m tests.bench.lock``."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from crf_desktop.ui.relaunch import Relaunch

ROUNDS = 7


class Measured(Relaunch):
    """Notes when the new window stands, and ends that one instead of itself."""

    stood = 0.0

    def leave(self) -> None:
        self.stood = time.perf_counter()
        os.kill(self.new, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.new, 0)


def main() -> int:
    """Prints medians in milliseconds, a form of the demo's trial on the screen."""
    from crf_desktop.capture.study import Study
    from crf_desktop.demo.maker import PASSWORD
    from crf_desktop.ui.application import make_window
    from crf_desktop.ui.look import Look
    from crf_desktop.ui.places import Where
    from tests.bench.large_study import study_of

    seen: dict[str, list[float]] = {"covered": [], "study closed": [], "new window painted": []}
    with tempfile.TemporaryDirectory(prefix="crf-bench-") as place:
        os.environ["CRF_DATA_HOME"] = str(Path(place) / "home")
        folder = Path(shutil.copytree(study_of(15), Path(place) / "lock.crf"))
        app = QApplication([])
        window: Any = make_window(app, Look())
        window.folder, paint = folder, window.repaint
        for _ in range(ROUNDS):
            restart = window.locking.restart = Measured()
            window.show()
            study = Study.open(folder, "investigator", PASSWORD)
            window._opened(study)
            window.places.go(Where("form", study.subjects()[0], "SE.W0", "F.ESSDAI"))
            app.processEvents()
            covered: list[float] = []
            window.repaint = lambda told=covered: (paint(), told.append(time.perf_counter()))
            began = time.perf_counter()
            window.lock()
            seen["study closed"].append(time.perf_counter() - began)
            seen["covered"].append(covered[0] - began)
            while not restart.stood:
                app.processEvents()
            seen["new window painted"].append(restart.stood - began)
        window.close()
    for name, times in seen.items():
        low, middle, high = min(times), statistics.median(times), max(times)
        print(f"{name}: {middle * 1000:.0f} ms ({low * 1000:.0f} to {high * 1000:.0f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
