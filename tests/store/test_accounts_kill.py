"""Killed while accounts are made, reset and closed: the study opens, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crf_desktop.store import NewPerson, accounts, rotation, unlock
from tests.store.builders import ADMINISTRATOR, PASSWORD, codes

KILLS = 40
WHOLE = {"verify.ok_full", "verify.keys_copy"}
THEIRS = "seven grey herons over the estuary"
CHILD = """
import sys
from pathlib import Path
from crf_desktop.store import NewPerson, accounts, rotation, unlock
store = unlock(Path(sys.argv[1]), "administrator", sys.argv[2])
def say(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\\n")
    sys.stdout.flush()
n = int(sys.argv[3])
say("in")
while True:
    n += 1
    person = accounts.add(store, NewPerson(f"p{n}", f"Person {n}", "monitor", sys.argv[4]), "New")
    say("added", person.user_oid)
    accounts.set_role(store, person.user_oid, "coordinator", "Changed post")
    say("role", person.user_oid)
    accounts.reset(store, person.user_oid, sys.argv[4] + "!", "Lost")
    say("reset", person.user_oid)
    accounts.close(store, person.user_oid, "Left")
    say("closed", person.user_oid)
    rotation.rotate(store)
"""


@pytest.mark.full
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX notion")
@pytest.mark.requirement("REQ-05", "REQ-19")
def test_that_a_kill_at_any_moment_leaves_accounts_whole(folder: Path) -> None:
    root, chance, said = Path(__file__).parents[2], random.Random(11), 0
    for kill in range(KILLS):
        arguments = [sys.executable, "-c", CHILD, str(folder), PASSWORD, str(kill * 1000), THEIRS]
        environment = os.environ | {"CRF_KEY_COST": "floor"}
        with subprocess.Popen(arguments, cwd=root, stdout=subprocess.PIPE, text=True, env=environment) as child:
            assert child.stdout is not None and child.stdout.readline() == "in\n"
            time.sleep(chance.uniform(0.05, 5))
            child.send_signal(signal.SIGKILL)
            told = [line.split() for line in child.stdout if line.endswith("\n")]
        said += len(told)
        with unlock(folder, ADMINISTRATOR, PASSWORD) as store:
            assert codes(store) <= WHOLE, kill
            for act, oid in told:
                person = store.person(oid)
                assert person is not None and (act != "closed" or oid in store.who.closed)
                assert act != "role" or person.role == "coordinator"
            new = accounts.add(store, NewPerson(f"after{kill}", "After", "monitor", THEIRS), "New")
            accounts.close(store, new.user_oid, "Left")
            rotation.rotate(store)
        with unlock(folder, "investigator", PASSWORD) as store:
            assert codes(store) <= WHOLE, kill
    assert said > KILLS, "the kills came before anything was done"
