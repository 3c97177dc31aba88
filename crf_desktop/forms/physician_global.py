"""Physician global assessment: 0–100 mm, before ESSDAI and laboratory (protocol decision A4)."""

from __future__ import annotations

from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import MM, between, text, yes_no
from crf_desktop.model.definition import FormDef, ItemDef, MethodDef
from crf_desktop.model.layout import FieldCard, Layout, VisualAnalogue

PGA = ItemDef(
    "I.PGA.ACTIVITY", "pga", "PGA", "integer",
    text("Overall Sjögren’s activity in the past week, 0 to 100 mm", "过去1周干燥综合征总体活动度，0–100 mm"),
    text("Overall Sjögren’s activity, past week", "过去1周干燥综合征总体活动度"),
    text("Mark the line by your overall clinical impression.", "请按总体临床印象在线上标记。"),
    units=(MM,),
    length=3,
    range_checks=between("0", "100", "Hard", text("The line is 100 mm long (0–100 mm, whole millimetres).", "标尺长100 mm（0–100 mm，整数）。")),
)  # fmt: skip
BLIND = yes_no(
    "I.PGA.BEFORE_ESSDAI", "pga_before_essdai", "PGABLIND",
    text("Was PGA rated before ESSDAI and before laboratory results were seen?", "PGA是否在ESSDAI评分及查看化验结果之前评定？"),
    text("Rated before ESSDAI and laboratory", "在ESSDAI和化验之前评定"),
)  # fmt: skip
ASSESSOR = ItemDef(
    "I.PGA.ASSESSOR", "pga_assessor", "PGAASSR", "text",
    text("Code of the assessor on the delegation log", "评估者在授权分工表上的代码"),
    text("Assessor code", "评估者代码"),
    text("Staff code, at most 10 characters. The same assessor at every visit.", "工作人员代码，最多10个字符。各次访视由同一评估者评定。"),
    length=10,
    mandatory=False,
)  # fmt: skip
LOW = MethodDef(
    "M.PGA.BELOW_10", "pga_below_10",
    text("PGA below 10 mm", "PGA低于10 mm"),
    "pga < 10", "boolean", code_list="CL.YES_NO",
    description=text(
        "Flag: at week 0 a value below 10 mm makes the percentage change unstable; at 0 it cannot be evaluated.",
        "标记：第0周低于10 mm时百分比变化不稳定；为0时无法评价。",
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.PGA",
        text("Physician global assessment", "医师总体评价（PGA）"),
        text("PGA", "PGA"),
        text(
            "Overall Sjögren’s activity, past week · same assessor · before ESSDAI and laboratory",
            "过去1周干燥综合征总体活动度 · 同一评估者 · 在ESSDAI和化验之前",
        ),
        ("IG.PGA",),
        Layout(
            (
                VisualAnalogue(PGA.oid, text("no disease activity", "无疾病活动"), text("worst imaginable disease activity", "能想象的最严重疾病活动")),
                FieldCard((BLIND.oid, ASSESSOR.oid), text("Conditions", "评定条件")),
            )
        ),
        (LOW.oid,),
        blind_previous=True,
        after=("F.ESSPRI",),
    ),
    (PGA, BLIND, ASSESSOR),
    (LOW,),
    table="physician_global",
)
