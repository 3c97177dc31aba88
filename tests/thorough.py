"""How many examples hypothesis tries: some in every run, all of them with --full or CRF_FULL=1."""

from __future__ import annotations

import os

from hypothesis import settings


def thorough(examples: int, few: int = 0) -> settings:
    """``examples`` in a full run; else ``few``, or a tenth and at least 40."""
    wanted = few or max(40, examples // 10)
    return settings(max_examples=examples if os.environ.get("CRF_FULL") == "1" else wanted, deadline=None)
