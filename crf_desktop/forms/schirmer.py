"""Schirmer I, each eye, 5 minutes; both published cut-offs (STAR <5 mm of the mean, AECG ≤5 mm in one eye); optional OSS."""

from __future__ import annotations

from crf_desktop.forms import ocular_staining
from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import MM, between, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef
from crf_desktop.model.layout import DerivedCard, Layout, TimedReading, TimedReadings
from crf_desktop.model.text import TranslatedText

_LIMIT = text(
    "The strip is 35 mm long (0–35 mm, whole millimetres). Read the strip again. If it wetted fully, enter 35 mm.",
    "试纸长35 mm（0–35 mm，整数）。请重新读数；若全部浸湿，请填35 mm。",
)


def _reading(side: str, sas_name: str, eye: TranslatedText) -> ItemDef:
    return ItemDef(
        f"I.SCHIRMER.{side.upper()}", f"schirmer_{side}", sas_name, "integer",
        text(f"Schirmer I, {eye.en.lower()}, wetted length at 5 min", f"Schirmer I，{eye.zh}，5 min浸湿长度"),
        text("Wetted length at 5 min", "5 min浸湿长度"),
        text("From the fold, whole millimetres", "从折痕处量起，取整毫米"),
        units=(MM,), length=2, range_checks=between("0", "35", "Hard", _LIMIT),
    )  # fmt: skip


def _started(side: str, sas_name: str, eye: TranslatedText) -> ItemDef:
    return ItemDef(
        f"I.SCHIRMER.{side.upper()}_START", f"schirmer_{side}_start", sas_name, "datetime",
        text(f"Schirmer I, {eye.en.lower()}, strip placed at", f"Schirmer I，{eye.zh}，放置试纸时间"),
        text("Started", "开始时间"),
        length=25, mandatory=False,
    )  # fmt: skip


_RIGHT_EYE, _LEFT_EYE = text("Right eye", "右眼"), text("Left eye", "左眼")
RIGHT, LEFT = _reading("right", "SCHR", _RIGHT_EYE), _reading("left", "SCHL", _LEFT_EYE)
RIGHT_START, LEFT_START = _started("right", "SCHRST", _RIGHT_EYE), _started("left", "SCHLST", _LEFT_EYE)
_EYES = (RIGHT.oid, LEFT.oid)

NO_ANAESTHETIC = yes_no(
    "I.SCHIRMER.NO_ANAESTHETIC", "schirmer_no_anaesthetic", "SCHNOAN",
    text("Was the test done without anaesthetic drops and before any dye?", "是否未用表面麻醉，且在染色之前进行？"),
    text("Without anaesthetic", "未用表面麻醉"),
)  # fmt: skip
EYES_CLOSED = yes_no(
    "I.SCHIRMER.EYES_CLOSED", "schirmer_eyes_closed", "SCHCLOSE",
    text("Were the eyes closed in a dim room?", "是否在暗室闭眼进行？"),
    text("Eyes closed, dim room", "暗室闭眼"),
)  # fmt: skip
NO_TEARS = yes_no(
    "I.SCHIRMER.NO_TEARS", "schirmer_no_tears_2h", "SCHNOTEA",
    text("No tear substitute for at least 2 h before the test?", "检查前至少2 h未使用人工泪液？"),
    text("≥2 h without tear substitute", "≥2 h未用人工泪液"),
)  # fmt: skip
CONDITIONS = (NO_ANAESTHETIC, EYES_CLOSED, NO_TEARS)

MEAN = MethodDef(
    "M.SCHIRMER.MEAN", "schirmer_mean",
    text("Schirmer, mean of both eyes", "Schirmer双眼均值"),
    "mean_known(schirmer_right, schirmer_left)", "decimal", MM, 1, counts=_EYES, waits_for=_EYES,
    description=text(
        "Mean of both eyes; if one eye is missing with a reason, the other eye, flagged.",
        "双眼均值；一眼缺失（有原因）时取另一眼，并作标记。",
    ),
)  # fmt: skip
ONE_EYE = MethodDef(
    "M.SCHIRMER.ONE_EYE", "schirmer_one_eye",
    text("One eye only", "仅一眼"),
    "count_known(schirmer_right, schirmer_left) == 1", "boolean", code_list="CL.YES_NO", waits_for=_EYES,
    description=text("Flag: the mean is the value of one eye.", "标记：均值为单眼值。"),
)  # fmt: skip
ABNORMAL_STAR = MethodDef(
    "M.SCHIRMER.ABNORMAL_STAR", "schirmer_abnormal_star",
    text("Abnormal (STAR: mean <5 mm)", "异常（STAR：均值<5 mm）"),
    "schirmer_mean < 5", "boolean", code_list="CL.YES_NO",
    description=text("Seror 2022, STAR: mean of both eyes below 5 mm.", "Seror 2022，STAR：双眼均值低于5 mm。"),
)  # fmt: skip
ABNORMAL_AECG = MethodDef(
    "M.SCHIRMER.ABNORMAL_AECG", "schirmer_abnormal_aecg",
    text("Abnormal (AECG: ≤5 mm in at least one eye)", "异常（AECG：至少一眼≤5 mm）"),
    "schirmer_right <= 5 or schirmer_left <= 5", "boolean", code_list="CL.YES_NO",
    description=text("Vitali 2002 and ACR/EULAR 2016: at most 5 mm in 5 min, at least one eye.", "Vitali 2002及ACR/EULAR 2016：至少一眼5 min不超过5 mm。"),
)  # fmt: skip

METHODS = (MEAN, ONE_EYE, ABNORMAL_STAR, ABNORMAL_AECG, *ocular_staining.METHODS)

_STARTED = "(schirmer_right_start if known(schirmer_right_start) else schirmer_left_start)"
CHECKS = (
    EditCheck(
        "EC.SCHIRMER.001", (RIGHT.oid, LEFT.oid),
        f"not (known(event) and event == 'SE.W0' and count_known(schirmer_right, schirmer_left) > 0"
        f" and (days({_STARTED}, visit_date) < 0 or days({_STARTED}, visit_date) > 7))", "Soft",
        text(
            "The test of week 0 is done on day 0 before the dose, or up to 7 days before; this one began on {0}.",
            "第0周的检查应在第0天给药前或之前7天内进行；本次开始于{0}。",
        ),
        (_STARTED,),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.SCHIRMER",
        text("Schirmer I", "Schirmer I试验"),
        text("Schirmer", "Schirmer"),
        text("Without anaesthetic, eyes closed · before dyes and eye drops", "不用表面麻醉，闭眼 · 在染色和滴眼之前"),
        ("IG.SCHIRMER",),
        Layout(
            (
                TimedReadings(
                    (
                        TimedReading(_RIGHT_EYE, RIGHT.oid, RIGHT_START.oid),
                        TimedReading(_LEFT_EYE, LEFT.oid, LEFT_START.oid),
                    ),
                    tuple(i.oid for i in CONDITIONS),
                    text(
                        "You can leave this page, lock or close the lid: the timers go on by the clock, ring at 5:00 min, and the start times become the observation times.",
                        "可离开本页、锁定或合上电脑：计时按时钟继续，满5:00 min响铃，开始时间即观察时间。",
                    ),
                ),
                DerivedCard((MEAN.oid, ONE_EYE.oid, ABNORMAL_STAR.oid, ABNORMAL_AECG.oid), text("Schirmer, worked out", "Schirmer计算结果")),
                ocular_staining.GRID,
                DerivedCard(
                    tuple(m.oid for m in ocular_staining.METHODS[2:]), text("Ocular staining, worked out", "眼表染色计算结果")
                ),
            )
        ),
        tuple(m.oid for m in METHODS),
        (MEAN.oid,),
    ),
    (*CONDITIONS, RIGHT_START, RIGHT, LEFT_START, LEFT, *ocular_staining.ITEMS),
    METHODS,
    CHECKS,
    code_lists=ocular_staining.CODE_LISTS,
    table="schirmer",
)
