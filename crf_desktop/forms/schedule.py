"""The visits of the trial and the forms of each, in the order they are filled in."""

from __future__ import annotations

from crf_desktop.forms.vocabulary import text
from crf_desktop.model.definition import Banner, StudyEventDef

WEEK_0 = StudyEventDef(
    "SE.W0",
    text("Week 0 · rituximab 1", "第0周 · 利妥昔单抗第1次"),
    text("Week 0 · RTX 1", "第0周 · RTX 1"),
    text("W0", "W0"),
    text("RTX 1", "RTX 1"),
    ("F.DEMO", "F.ESSPRI", "F.PGA", "F.ESSDAI", "F.SCHIRMER", "F.SALIVA", "F.HOCEVAR", "F.LAB", "F.BCELL"),
    target_day=0,
    window=(0, 0),
)
"""Day 0 is the first rituximab; everything on it is done before the infusion. ESSPRI before PGA before ESSDAI."""

EVENTS = (WEEK_0,)
BANNER = Banner("I.DEMO.SEX", "I.DEMO.BIRTH_DATE", WEEK_0.oid, "F.DEMO", WEEK_0.oid)
