"""A print queue of this machine's own: what Qt spools for it lies in memory, and is gone when it was handed over."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fault.shim import Operation, read_trace

ROOT = Path(__file__).parents[2]
CUPSD, LPADMIN = shutil.which("cupsd", path=os.environ.get("PATH", "") + ":/usr/sbin"), shutil.which("lpadmin")
pytestmark = pytest.mark.skipif(
    CUPSD is None or LPADMIN is None or sys.platform != "linux" or os.geteuid() != 0,
    reason="no print server that a test may start",
)
FILES = """FileDevice Yes
ServerRoot {0}/root
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/state
TempDir {0}/spool
AccessLog {0}/log
ErrorLog {0}/log
PageLog {0}/log
"""
SERVER = """Listen {0}/socket
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
Allow all
</Location>
<Policy default>
<Limit All>
</Limit>
</Policy>
"""
PRINTS = """
import sys, time
from datetime import UTC, datetime
from io import BytesIO
from PySide6.QtWidgets import QApplication
from crf_desktop.report import archive
from crf_desktop.report.drawing import Pen
from crf_desktop.report.typeface import Run
from crf_desktop.ui.printing import Printing, new_printer, printers
from crf_desktop.ui.worker import Workshop

if __name__ == "__main__":
    out = BytesIO()
    canvas = archive.canvas(out, datetime(2027, 5, 6, tzinfo=UTC), "Pages", "en")
    for words in ("one", "two"):
        Pen(canvas).text(60, 120, Run(words, 40))
        canvas.showPage()
    canvas.save()
    app = QApplication([])
    assert printers() == ["Ward"]
    printer, workshop = new_printer(), Workshop()
    printer.setPrinterName("Ward")
    printing, ended = Printing(workshop), []
    printing.done.connect(lambda: ended.append(None))
    printing.failed.connect(ended.append)
    printing.start(printer, out.getvalue(), [(595.0, 842.0)] * 2)
    until = time.monotonic() + 60
    while not ended and time.monotonic() < until:
        app.processEvents()
        time.sleep(0.01)
    assert ended == [None], ended
    workshop.close()
"""


@pytest.fixture
def queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A print server with one printer, which keeps what it is sent in ``spool``."""
    place = Path("/tmp") / f"crf-cups-{os.getpid()}"  # the name of a socket is short
    place.mkdir()
    for name in ("root", "spool", "cache", "state"):
        (place / name).mkdir()
    (place / "files.conf").write_text(FILES.format(place))
    (place / "cupsd.conf").write_text(SERVER.format(place))
    assert CUPSD is not None and LPADMIN is not None
    server = subprocess.Popen([CUPSD, "-f", "-c", str(place / "cupsd.conf"), "-s", str(place / "files.conf")])
    try:
        until = time.monotonic() + 20
        while not (place / "socket").exists() and time.monotonic() < until:
            time.sleep(0.05)
        added = [LPADMIN, "-h", str(place / "socket"), "-p", "Ward", "-E", "-m", "raw", "-v", f"file://{place}/printed"]
        if subprocess.run(added, capture_output=True, check=False).returncode:
            pytest.skip("the print server of this machine takes no queue of a test")
        yield place
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(place)


@pytest.mark.requirement("REQ-43")
def test_that_pages_on_their_way_to_a_queue_are_in_no_file_on_the_disk(
    queue: Path, built: Path, tmp_path: Path
) -> None:
    for name in ("tmp", "trace", "home"):
        (tmp_path / name).mkdir()
    (tmp_path / "prints.py").write_text(PRINTS)
    kept = {name: said for name, said in os.environ.items() if not name.startswith(("XDG_", "CRF_"))}
    more = {
        "CUPS_SERVER": str(queue / "socket"), "TMPDIR": str(tmp_path / "tmp"), "HOME": str(tmp_path / "home"),
        "LD_PRELOAD": str(built), "CRF_FAULT_TRACE": str(tmp_path / "trace" / "t"), "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip
    program = [sys.executable, str(tmp_path / "prints.py")]
    told = subprocess.run(program, env=kept | more, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr[-2000:]
    (sent,) = (queue / "spool").glob("d*")
    pages = subprocess.run(["pdfinfo", str(sent)], capture_output=True, text=True, check=True).stdout
    assert "Pages:           2" in pages
    spooled, inside = _written(tmp_path / "trace", sent.read_bytes()[:1024])
    assert spooled and all(path.startswith(("/dev/shm/", "/run/user/")) for path in spooled)
    assert not any(Path(path).exists() for path in spooled)
    assert inside > 1 and list((tmp_path / "tmp").iterdir()) == []


def _written(traces: Path, begins: bytes) -> tuple[set[str], int]:
    """Files that were given the first bytes of what reached the queue, and how many writes were seen."""
    found, writes = set(), 0
    for trace in traces.iterdir():
        names: dict[int, str] = {}
        for call in read_trace(trace):
            if call.operation is Operation.OPEN:
                names[call.descriptor] = call.paths[0]
            elif call.operation is Operation.WRITE:
                writes += 1
                if begins[:8] in call.data:
                    found.add(names.get(call.descriptor, ""))
    return found, writes
