"""A cell cannot be split by a reader that is set to semicolons or tabs."""

from __future__ import annotations

import re
from pathlib import Path

from crf_desktop.exchange.tables import export_csv
from tests.exchange.conftest import Opener
from tests.exchange.site import DEFINITION, answer, begin

ROW = re.compile(r'"(?:[^"]|"")*"(?:,"(?:[^"]|"")*")*')


def test_that_every_cell_of_every_table_is_quoted(laptops: Path, open_it: Opener) -> None:
    a = open_it(laptops / "a.crf", "inv")
    begin(a)
    a.append([answer("I.PGA.ACTIVITY", "40")])
    export_csv(a, DEFINITION, laptops / "out")
    for path in sorted((laptops / "out").glob("*.csv")):
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n"), path.name
        rows = data.decode("utf-8-sig").removesuffix("\r\n").split('"\r\n"')
        whole = [f'"{row}"' for row in (rows[0][1:], *rows[1:-1], rows[-1][:-1])] if len(rows) > 1 else rows
        assert len(whole) > 1 or path.stem not in ("physician_global", "people", "codebook"), path.name
        assert all(ROW.fullmatch(row) for row in whole), path.name
