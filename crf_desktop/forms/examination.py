"""Physical examination: body systems, glands, nodes, and the 28 joints (Prevoo 1995, Arthritis Rheum 38:44)."""

from __future__ import annotations

from typing import Final

from crf_desktop.forms.measurement import card, limits, number
from crf_desktop.forms.page import page
from crf_desktop.forms.vocabulary import CM, MINUTE, answers, text, yes_no
from crf_desktop.model.definition import EditCheck, FormDef, ItemDef, MethodDef
from crf_desktop.model.layout import FieldCard, Joint, JointFigure, Layout
from crf_desktop.model.text import TranslatedText

FINDING = answers("CL.EXAM.FINDING", ("NORMAL", "Normal", "正常"), ("ABNORMAL", "Abnormal", "异常"))
PAROTID_SIZE = answers(
    "CL.EXAM.PAROTID",
    ("NONE", "Not swollen", "无肿大"), ("SMALL", "Small, ≤3 cm", "轻度，≤3 cm"), ("LARGE", "Large, >3 cm", "明显，>3 cm"),
)  # fmt: skip
SWELLING = answers(
    "CL.EXAM.SWELLING",
    ("NONE", "Not swollen", "无肿大"), ("LIMITED", "Limited", "局限性"), ("MARKED", "Marked", "显著"),
)  # fmt: skip
JOINT_STATE = answers(
    "CL.EXAM.JOINT",
    ("N", "Neither", "无"), ("T", "Tender", "压痛"), ("S", "Swollen", "肿胀"), ("TS", "Tender and swollen", "压痛并肿胀"),
)  # fmt: skip

SYSTEMS: Final = (
    ("general", "GEN", text("General appearance", "一般情况")),
    ("skin", "SKIN", text("Skin", "皮肤")),
    ("eyes", "EYES", text("Eyes", "眼")),
    ("mouth", "MOUTH", text("Mouth and teeth", "口腔和牙齿")),
    ("chest", "CHEST", text("Heart and lungs", "心肺")),
    ("abdomen", "ABDO", text("Abdomen, liver, spleen", "腹部、肝、脾")),
    ("muscles", "MUSC", text("Muscles and strength", "肌肉和肌力")),
    ("nerves", "NERV", text("Nervous system", "神经系统")),
)


def _system(key: str, sas: str, label: TranslatedText) -> tuple[ItemDef, ItemDef]:
    finding = ItemDef(
        f"I.EXAM.{key.upper()}", f"exam_{key}", f"PE{sas}", "code",
        text(f"{label.en}: finding", f"{label.zh}：检查所见"), label, code_list=FINDING.oid, previous=True,
    )  # fmt: skip
    words = ItemDef(
        f"I.EXAM.{key.upper()}_TEXT", f"exam_{key}_text", f"PE{sas}T"[:8], "text",
        text(f"{label.en}: what is abnormal?", f"{label.zh}：异常所见描述"),
        text(f"{label.en}: describe", f"{label.zh}：描述"), length=100,
        relevant=f"known(exam_{key}) and exam_{key} == 'ABNORMAL'",
    )  # fmt: skip
    return finding, words


SYSTEM_ITEMS = tuple(i for row in SYSTEMS for i in _system(*row))


def _gland(key: str, sas: str, label: TranslatedText, code_list: str) -> ItemDef:
    return ItemDef(
        f"I.EXAM.{key.upper()}", f"exam_{key}", sas, "code",
        text(f"{label.en}: the larger side", f"{label.zh}：取较大一侧"), label, code_list=code_list, previous=True,
    )  # fmt: skip


PAROTID = _gland("parotid", "PEPAROT", text("Parotid gland", "腮腺"), PAROTID_SIZE.oid)
SUBMANDIBULAR = _gland("submandibular", "PESUBM", text("Submandibular gland", "下颌下腺"), SWELLING.oid)
LACRIMAL = _gland("lacrimal", "PELACR", text("Lacrimal gland", "泪腺"), SWELLING.oid)
NODES = yes_no(
    "I.EXAM.NODES", "nodes_enlarged", "PENODES",
    text("Are lymph nodes enlarged, and not from an infection?", "淋巴结是否肿大（非感染所致）？"),
    text("Enlarged nodes", "淋巴结肿大"),
)  # fmt: skip


def _node(key: str, sas: str, label: TranslatedText) -> ItemDef:
    return number(
        f"I.EXAM.{key.upper()}", key, sas,
        text(f"{label.en}: diameter of the largest", f"{label.zh}：最大者直径"), label,
        (CM,), limits(("0", "20"), ("0", "5"), text("A node", "淋巴结"), "cm"), digits=1,
        hint=text("0, if none there", "该处无肿大填0"), relevant="known(nodes_enlarged) and nodes_enlarged",
    )  # fmt: skip


NODE = _node("node_cm", "PENODECM", text("Largest node, not inguinal", "最大淋巴结（腹股沟除外）"))
NODE_INGUINAL = _node("node_inguinal_cm", "PENODEIN", text("Largest inguinal node", "最大腹股沟淋巴结"))
SPLEEN = yes_no(
    "I.EXAM.SPLEEN", "splenomegaly", "PESPLEEN",
    text("Is the spleen enlarged (palpable or on imaging)?", "脾是否肿大（触诊或影像）？"),
    text("Enlarged spleen", "脾大"),
)  # fmt: skip
GLANDS = (PAROTID, SUBMANDIBULAR, LACRIMAL)
NODE_ITEMS = (NODES, SPLEEN, NODE, NODE_INGUINAL)

_SIDES = (("r", "R", text("Right", "右")), ("l", "L", text("Left", "左")))
_RIGHT: Final = (
    ("shoulder", "SHO", text("shoulder", "肩关节"), (37, 25)),
    ("elbow", "ELB", text("elbow", "肘关节"), (27, 43)),
    ("wrist", "WRI", text("wrist", "腕关节"), (18, 61)),
    ("mcp1", "MCP1", text("MCP 1 (thumb)", "第1掌指关节（拇指）"), (33, 66)),
    ("mcp2", "MCP2", text("MCP 2 (index finger)", "第2掌指关节（食指）"), (29, 75)),
    ("mcp3", "MCP3", text("MCP 3 (middle finger)", "第3掌指关节（中指）"), (21, 77)),
    ("mcp4", "MCP4", text("MCP 4 (ring finger)", "第4掌指关节（环指）"), (13, 76)),
    ("mcp5", "MCP5", text("MCP 5 (little finger)", "第5掌指关节（小指）"), (5, 73)),
    ("pip1", "PIP1", text("IP (thumb)", "拇指指间关节"), (39, 74)),
    ("pip2", "PIP2", text("PIP 2 (index finger)", "第2近端指间关节（食指）"), (31, 86)),
    ("pip3", "PIP3", text("PIP 3 (middle finger)", "第3近端指间关节（中指）"), (22, 89)),
    ("pip4", "PIP4", text("PIP 4 (ring finger)", "第4近端指间关节（环指）"), (13, 87)),
    ("pip5", "PIP5", text("PIP 5 (little finger)", "第5近端指间关节（小指）"), (5, 83)),
    ("knee", "KNE", text("knee", "膝关节"), (45, 85)),
)
"""The participant's right side, on the left of the picture: hands shown from the back, thumbs inwards. Neighbours lie at
least 8 apart, so that a target of 44 px stays clear of the next on a figure of 560 px."""


def _joint(side: tuple[str, str, TranslatedText], key: str, sas: str, label: TranslatedText) -> ItemDef:
    letter, capital, where = side
    name = text(f"{where.en} {label.en}", f"{where.zh}{label.zh}")
    return ItemDef(
        f"I.EXAM.JOINT_{capital}_{key.upper()}", f"joint_{letter}_{key}", f"J{capital}{sas}", "code",
        text(f"{name.en}: tender, swollen?", f"{name.zh}：压痛、肿胀？"), name, code_list=JOINT_STATE.oid, length=2,
    )  # fmt: skip


JOINTS = tuple(_joint(side, key, sas, label) for side in _SIDES for key, sas, label, _ in _RIGHT)
_PLACES = tuple((x if side[0] == "r" else 100 - x, y) for side in _SIDES for *_, (x, y) in _RIGHT)


def _each(code: str) -> str:
    return ", ".join(f"one_of({j.name}, '{code}', 'TS')" for j in JOINTS)


def _count(key: str, code: str, label: TranslatedText, what: TranslatedText) -> MethodDef:
    each = _each(code)
    return MethodDef(
        f"M.EXAM.{key.upper()}_JOINTS", f"{key}_joints", label,
        f"sum({each})", "integer", maximum="28", lower_bound=f"count_true({each})", counts=tuple(j.oid for j in JOINTS),
        description=text(
            f"{what.en} of the 28 joints; unknown while one is not answered, never scaled up.",
            f"28个关节中{what.zh}；任一关节未答则未知，不作推算。",
        ),
    )  # fmt: skip


TENDER = _count("tender", "T", text("Tender joints", "压痛关节数"), text("Tender", "压痛关节数"))
SWOLLEN = _count("swollen", "S", text("Swollen joints", "肿胀关节数"), text("Swollen", "肿胀关节数"))
SYNOVITIS = yes_no(
    "I.EXAM.SYNOVITIS", "synovitis_sjogren", "PESYNOV",
    text("Is the swelling synovitis due to Sjögren’s, and not injury or infection?", "肿胀是否为干燥综合征所致滑膜炎（非外伤或感染）？"),
    text("Synovitis of Sjögren’s", "干燥综合征滑膜炎"),
    relevant=f"count_true({_each('S')}) > 0",
)  # fmt: skip
STIFFNESS = number(
    "I.EXAM.MORNING_STIFFNESS", "morning_stiffness_min", "PESTIFF",
    text("Morning stiffness of hands, wrists, ankles or feet, usual duration", "手、腕、踝或足晨僵，通常持续时间"),
    text("Morning stiffness", "晨僵"),
    (MINUTE,), limits(("0", "1440"), ("0", "240"), text("Morning stiffness", "晨僵"), "min"), data_type="integer",
    hint=text("0, if none", "无则填0"), previous=False,
)  # fmt: skip
JOINT_ITEMS = (STIFFNESS, SYNOVITIS)

CHECKS = (
    EditCheck(
        "EC.EXAM.001", (NODES.oid, NODE.oid, NODE_INGUINAL.oid), "not (nodes_enlarged and node_cm < 1 and node_inguinal_cm < 1)", "Soft",
        text("Nodes are called enlarged, but none reaches 1 cm ({0} and {1} cm).", "已记录淋巴结肿大，但均未达到1 cm（{0}、{1} cm）。"),
        ("node_cm", "node_inguinal_cm"),
    ),
)  # fmt: skip

PAGE = page(
    FormDef(
        "F.EXAM",
        text("Physical examination", "体格检查"),
        text("Examination", "体格检查"),
        text("Present state; 28 joints for tenderness and swelling", "当前状态；检查28个关节的压痛和肿胀"),
        ("IG.EXAM",),
        Layout(
            (
                card(SYSTEM_ITEMS, text("Body systems", "各系统"), 2),
                card(GLANDS, text("Glands", "腺体"), 1, text("Swelling from stone or infection is not counted in ESSDAI.", "结石或感染所致肿大不计入ESSDAI。")),
                card(NODE_ITEMS, text("Lymph nodes and spleen", "淋巴结和脾"), 2),
                JointFigure(tuple(Joint(j.oid, x, y) for j, (x, y) in zip(JOINTS, _PLACES, strict=True)), TENDER.oid, SWOLLEN.oid),
                FieldCard(tuple(i.oid for i in JOINT_ITEMS), text("Joints", "关节"), columns=2),
            )
        ),
        (TENDER.oid, SWOLLEN.oid),
        (TENDER.oid, SWOLLEN.oid),
    ),
    (*SYSTEM_ITEMS, *GLANDS, *NODE_ITEMS, *JOINTS, *JOINT_ITEMS),
    (TENDER, SWOLLEN),
    CHECKS,
    (FINDING, PAROTID_SIZE, SWELLING, JOINT_STATE),
    table="examination",
)  # fmt: skip
