"""Everything the program does that a fault may meet: kills, power loss and failing calls take each of these."""

from __future__ import annotations

from tests.fault.account_scenario import ACCOUNTS
from tests.fault.scenario import (
    Answers,
    Backups,
    Bundles,
    Copies,
    Creation,
    LogIns,
    Merges,
    Migrations,
    Papers,
    Restores,
    Rotations,
    Saves,
    Scenario,
    Slots,
    Tables,
)  # fmt: skip

_ALL: tuple[type[Scenario], ...] = (
    Saves, Answers, LogIns, Tables, Bundles, Merges, Slots, *ACCOUNTS, Rotations, Migrations, Papers, Copies, Backups,
    Restores, Creation,
)  # fmt: skip
SCENARIOS = {scenario.name: scenario for scenario in _ALL}
