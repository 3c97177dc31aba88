"""A CSV file as every table of this program is written."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from crf_desktop.capture.cell import cell


class Table:
    """A CSV file being written: UTF-8 with byte order mark, CRLF, every cell quoted, counted and hashed."""

    def __init__(self, folder: Path, name: str, columns: Sequence[str]) -> None:
        self.name = name
        self.rows = 0
        self.size = 0
        self._sum = hashlib.sha256()
        self._file = (folder / name).open("xb")
        self._text = io.StringIO(newline="")
        self._writer = csv.writer(self._text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        self._put("\ufeff".encode())
        self._row(columns)

    def add(self, values: Iterable[str]) -> None:
        """One row of text; formulas are defused."""
        self._row([cell(v) for v in values])
        self.rows += 1

    def _row(self, values: Iterable[str]) -> None:
        self._writer.writerow(values)
        self._put(self._text.getvalue().encode("utf-8"))
        self._text.seek(0)
        self._text.truncate()

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._sum.update(data)
        self.size += len(data)

    def close(self) -> dict[str, str | int]:
        """Makes the file durable and says what is in it."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return {"name": self.name, "rows": self.rows, "bytes": self.size, "sha256": self._sum.hexdigest()}

    def abandon(self) -> None:
        """Closes the file as it is."""
        self._file.close()
