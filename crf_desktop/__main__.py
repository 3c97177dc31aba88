"""Start of the program."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs the command line, or the window when no command is given."""
    from crf_desktop.shield import quiet_faults, raise_shield

    raise_shield()
    quiet_faults()
    from crf_desktop.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
