"""Two laptops that hold each other's rows write the same analysis, byte for byte."""

from __future__ import annotations

from pathlib import Path

from crf_desktop.analysis.option import Options
from crf_desktop.analysis.trial import read_trial
from crf_desktop.analysis.writing import Written, write_analysis
from crf_desktop.exchange.merge import merge_bundle
from crf_desktop.store import Store
from tests.exchange.conftest import Opener
from tests.exchange.site import DEFINITION, answer, begin, change, sent

PGA, ESR, ASSESSOR = "I.PGA.ACTIVITY", "I.LAB.ESR", "I.PGA.ASSESSOR"
TODAY = "2027-12-01"


def analysed(store: Store, out: Path) -> Written:
    return write_analysis(read_trial(store, DEFINITION, TODAY), out, Options(), "en")


def test_that_two_laptops_after_merging_write_the_same_analysis(laptops: Path, open_it: Opener) -> None:
    a, b = open_it(laptops / "a.crf", "inv"), open_it(laptops / "b.crf")
    begin(a)
    a.append([answer(PGA, "40"), answer(ESR, "UNK"), answer(ASSESSOR, "One")])
    merge_bundle(b, sent(a, b, laptops / "0"))
    begin(b, "01-201")
    b.append([answer(PGA, "7", "01-201")])
    change(a, PGA, "41")
    change(b, PGA, "44")  # of the same value: the later stands, and a query asks
    merge_bundle(a, sent(b, a, laptops / "1"))
    merge_bundle(b, sent(a, b, laptops / "2"))
    merge_bundle(a, sent(b, a, laptops / "3"))
    one, other = analysed(a, laptops / "one"), analysed(b, laptops / "other")
    assert one.files == other.files and one.rows > 4
    for file in one.files:
        name = str(file["name"])
        assert (laptops / "one" / name).read_bytes() == (laptops / "other" / name).read_bytes(), name
    assert '"01-201"' in (laptops / "one" / "tables" / "physician_global.csv").read_text("utf-8-sig")
