"""The typeface of screen and paper: what it holds, that Qt takes it as one family and that a PDF can embed it."""

from __future__ import annotations

import io
import struct
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FILES = {400: FONTS / "CRFSans-Regular.ttf", 700: FONTS / "CRFSans-Bold.ttf"}
TEXTS = {".py", ".json", ".ts"}
EVERYDAY = (
    "≥ 26 /123 č ⁶ Hočevar Sjögren ≤ → ← ↑ ↓ − × ÷ ± ≈ ≠ ⁰¹²³⁴⁵⁶⁷⁸⁹ ₀₁₂₃₄₅₆₇₈₉ ⁺⁻ µ μ ° ‰ % α β γ Δ · • … – — ‘’ “”"
    "✓ ✗ ✔ ✘ ☐ ☑ ☒ ● ○ ■ □ ▲ △ ▼ ▽ ◆ ◇ ◐ ◑ ▸ ▾ ⚑ ⚠ ⏱ 🔒 领域 龘 鑫 燚 （腺体）：，。；、？！《》〇"
)
# What level 2 of GB 18030 adds: the Table of General Standard Chinese Characters (2013) beyond the two blocks.
GENERAL_STANDARD = (
    "鿍鿎鿏𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬"
    "𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊"
    "𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)


@cache
def font(weight: int) -> Any:
    """One weight, opened once."""
    return TTFont(FILES[weight], lazy=True)


@cache
def characters(weight: int) -> frozenset[int]:
    """What one weight can draw."""
    return frozenset(font(weight).getBestCmap())


def characters_missing(text: str) -> str:
    """The characters of a text that one of the weights cannot draw, each once; line breaks and tabs are never drawn."""
    both = characters(400) & characters(700)
    return "".join(sorted({c for c in text if ord(c) not in both and c not in "\n\t\r"}))


def gbk() -> str:
    """Every character that GB 18030 writes in two bytes, without its private-use area."""
    pairs = (bytes((a, b)) for a in range(0x81, 0xFF) for b in range(0x40, 0xFF) if b != 0x7F)
    decoded = (pair.decode("gb18030", errors="ignore") for pair in pairs)
    return "".join(c for c in decoded if len(c) == 1 and not 0xE000 <= ord(c) < 0xF900)


def test_that_it_has_what_the_pages_use() -> None:
    assert characters_missing(EVERYDAY) == ""


def test_that_it_has_the_letters_of_european_names() -> None:
    assert characters_missing("".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)]))) == ""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(gbk(), id="two bytes of GB 18030"),
        pytest.param("".join(map(chr, range(0x4E00, 0x9FF0))), id="first block"),
        pytest.param("".join(map(chr, range(0x3400, 0x4DB6))), id="extension A"),
        pytest.param(GENERAL_STANDARD, id="general standard beyond the first plane"),
    ],
)
def test_that_it_has_every_han_character_of_gb_18030_level_2(text: str) -> None:
    assert characters_missing(text) == ""


@pytest.mark.parametrize("weight", FILES)
def test_that_its_outlines_are_truetype_and_its_licence_lets_it_be_embedded(weight: int) -> None:
    assert "glyf" in font(weight) and "CFF " not in font(weight)
    assert font(weight)["OS/2"].fsType == 0
    assert font(weight)["OS/2"].usWeightClass == weight
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
    names = {str(name) for name in font(weight)["name"].names if name.nameID in (1, 4, 6, 16)}
    assert not any(reserved in name for name in names for reserved in ("Noto", "Source"))


@pytest.mark.parametrize("weight", FILES)
def test_that_figures_are_equally_wide_and_lines_equally_high(weight: int) -> None:
    widths = {font(weight)["hmtx"][font(weight).getBestCmap()[ord(c)]][0] for c in "0123456789"}
    assert len(widths) == 1
    line = [(font(w)["hhea"].ascent, font(w)["hhea"].descent, font(w)["hhea"].lineGap) for w in FILES]
    assert line[0] == line[1]


@pytest.mark.parametrize("weight", FILES)
def test_that_no_han_character_is_clipped(weight: int) -> None:
    opened, line = font(weight), font(weight)["hhea"]
    outlines, starts = (
        opened.reader["glyf"],
        opened["loca"],
    )  # only the boxes are read: parsing 20,000 outlines takes 2 s
    numbers = [opened.getGlyphID(opened.getBestCmap()[c]) for c in range(0x4E00, 0x9FF0)]
    boxes = [struct.unpack_from(">hhhhh", outlines, starts[number]) for number in numbers]
    assert max(top for *_, top in boxes) <= line.ascent
    assert min(bottom for _, _, bottom, _, _ in boxes) >= line.descent


def test_that_qt_takes_both_files_as_one_family(qt_application: Any) -> None:
    from PySide6.QtGui import QFontDatabase

    added = [QFontDatabase.addApplicationFont(str(path)) for path in FILES.values()]
    assert [QFontDatabase.applicationFontFamilies(number) for number in added] == [["CRF Sans"], ["CRF Sans"]]
    assert {QFontDatabase.weight("CRF Sans", style) for style in QFontDatabase.styles("CRF Sans")} == {400, 700}


@pytest.mark.parametrize("weight", FILES)
def test_that_a_pdf_embeds_it(weight: int) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont as Embedded
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(Embedded(f"CRFSansTest{weight}", str(FILES[weight])))
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.setFont(f"CRFSansTest{weight}", 12)
    canvas.drawString(72, 720, "≥ 26 /123 č ⁶ Hočevar 领域 龘 鑫 燚")
    canvas.save()
    assert b"/FontFile2" in target.getvalue()


def test_that_it_has_every_character_of_every_definition() -> None:
    from crf_desktop.forms import definition
    from crf_desktop.model.serial import to_bytes

    assert characters_missing(to_bytes(definition()).decode("utf-8")) == ""


def test_that_it_has_every_character_of_every_sentence_and_translation() -> None:
    root = FONTS.parent.parent
    files = [*(root / "crf_desktop").rglob("*.py"), *(FONTS.parent / "translations").glob("*")]
    texts = {p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in files if p.suffix in TEXTS}
    missing = {name: characters_missing(text) for name, text in texts.items()}
    assert {name: found for name, found in missing.items() if found} == {}
