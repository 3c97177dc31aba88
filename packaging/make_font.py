"""Makes the one family of the program, CRF Sans Regular and Bold, for screen and paper, into resources/fonts.

Latin, Greek, Cyrillic and figures come from Noto Sans, Han and full-width forms from Noto Sans SC, arrows and signs
from Noto Sans Symbols, Symbols 2 and Math. The sources are fetched by package name with npm, at fixed versions, and
checked by digest, so that two runs with the same fonttools write the same bytes.

python packaging/make_font.py [--sources DIRECTORY] [--out DIRECTORY]
"""

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fontTools.misc.transform import Transform
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.tables._g_l_y_f import Glyph

FAMILY = "CRF Sans"
VERSION = "1.000"
MADE_AT = 3_850_000_000  # seconds since 1904; fixed, so that two runs give the same bytes
MATH_AXIS_RISE = 74  # Noto Sans Math centres its signs this much lower than Noto Sans does + and −

PACKAGES = {
    "latin": "@expo-google-fonts/noto-sans@0.4.2",
    "han": "@expo-google-fonts/noto-sans-sc@0.4.3",
    "math": "@expo-google-fonts/noto-sans-math@0.4.2",
    "symbols": "@expo-google-fonts/noto-sans-symbols@0.4.1",
    "symbols2": "@expo-google-fonts/noto-sans-symbols-2@0.4.1",
}
STEMS = {
    "latin": "NotoSans",
    "han": "NotoSansSC",
    "math": "NotoSansMath",
    "symbols": "NotoSansSymbols",
    "symbols2": "NotoSansSymbols2",
}
WEIGHTS = {400: "Regular", 700: "Bold"}
ONE_WEIGHT = ("math", "symbols2")  # these families have no bold: both our weights use their regular
DIGESTS = {
    "NotoSansSC_400Regular.ttf": "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
    "NotoSansSC_700Bold.ttf": "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
    "NotoSans_400Regular.ttf": "fe8c022f48d8dd29f17b744d16f9346f4357e16f7d4f7be58b000ae7c291b614",
    "NotoSans_700Bold.ttf": "13a813c49624ae3ba3c5c6e72c5ebffc4b9e1e6ea32f421c04069b037c6ad431",
    "NotoSansMath_400Regular.ttf": "b4a1dfdbfa13b4755e5eac20cb25c1d17ed5a745ceb89639595e8cf45a2b1e07",
    "NotoSansSymbols_400Regular.ttf": "aedeec1cd0514930aeeafc4a88a6deff83cda1e6b58086f0b9bb9c7dd0157578",
    "NotoSansSymbols_700Bold.ttf": "5682f6c88d6199623edf026f67a8722697e8c5f409e5249477594e409d657eb0",
    "NotoSansSymbols2_400Regular.ttf": "f67f40c65f929f029827ab37cfdc4897dfd9ae3c28d9e98ba46e0d52e39eb97e",
}
DEVANAGARI = {*range(0x0900, 0x0980), *range(0xA8E0, 0xA900)}  # needs shaping rules that are dropped here
ARROWS = set(range(0x2190, 0x2200))
OPERATORS = set(range(0x2200, 0x2300))
# clocks, boxes, circles, ticks, flags, padlocks
SIGNS = {*range(0x2300, 0x2400), *range(0x25A0, 0x2800), 0x1F512, 0x1F513, 0x2B1A}


def fetch(package: str, directory: Path) -> Path:
    """Download and unpack one npm package; a package already there is not fetched again."""
    target = directory / package.rpartition("@")[0].rpartition("/")[2]
    if not target.exists():
        with tempfile.TemporaryDirectory() as scratch:
            subprocess.run(["npm", "pack", "--silent", package], cwd=scratch, check=True, stdout=subprocess.DEVNULL)
            archive = next(Path(scratch).glob("*.tgz"))
            with tarfile.open(archive) as bundle:
                bundle.extractall(target, filter="data")
    return target


def source(part: str, weight: int, directory: Path) -> TTFont:
    """Open one checked source font."""
    weight = 400 if part in ONE_WEIGHT else weight
    name = f"{STEMS[part]}_{weight}{WEIGHTS[weight]}.ttf"
    path = fetch(PACKAGES[part], directory) / "package" / f"{weight}{WEIGHTS[weight]}" / name
    if hashlib.sha256(path.read_bytes()).hexdigest() != DIGESTS[name]:
        sys.exit(f"{name} is not the file this family was made from: nothing was written")
    font = TTFont(path, recalcTimestamp=False)
    if font["head"].unitsPerEm != 1000:
        sys.exit(f"{name} is not drawn on 1000 units: nothing was written")
    return font


def latin_base(weight: int, directory: Path) -> TTFont:
    """Noto Sans without hinting and without the layout rules that neither Qt nor reportlab is asked for."""
    font = source("latin", weight, directory)
    options = Options()
    options.hinting = False
    options.layout_features = ["ccmp", "locl", "mark", "mkmk", "kern"]
    options.drop_tables += ["STAT", "DSIG"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=set(font.getBestCmap()) - DEVANAGARI)
    subsetter.subset(font)
    return font


def drawn(font: TTFont, name: str, *changes: Transform) -> Glyph:
    """One glyph's outline, decomposed, drawn once for each change."""
    flat = DecomposingRecordingPen(font.getGlyphSet())
    flat.glyphSet[name].draw(flat)
    pen = TTGlyphPen(None)
    for change in changes:
        flat.replay(TransformPen(pen, change))
    return pen.glyph()


def add(font: TTFont, name: str, glyph: Glyph, advance: int, character: int) -> None:
    """Put a glyph into the font under a character."""
    glyph.recalcBounds(font["glyf"])
    font["glyf"].glyphs[name] = glyph
    font["hmtx"].metrics[name] = (advance, getattr(glyph, "xMin", 0))
    for table in font["cmap"].tables:
        table.cmap[character] = name


def adopt(font: TTFont, donor: TTFont, characters: Iterable[int], prefix: str, rise: int = 0) -> None:
    """Copy those of the characters that the donor has and the font lacks."""
    has, gives = set(font.getBestCmap()), donor.getBestCmap()
    taken: dict[str, str] = {}
    for character in sorted((set(characters) & set(gives)) - has):
        old = gives[character]
        new = taken.setdefault(old, f"{prefix}.{character:04X}")
        if new in font["glyf"].glyphs:
            for table in font["cmap"].tables:
                table.cmap[character] = new
            continue
        glyph = donor["glyf"][old]
        if rise or glyph.isComposite():
            glyph = drawn(donor, old, Transform(1, 0, 0, 1, 0, rise))
        glyph.removeHinting()
        add(font, new, glyph, donor["hmtx"][old][0], character)


def compose_comparisons(font: TTFont) -> None:
    """Draw ≤ ≥ ≈ ≠ out of Noto Sans's own < > − ~ = /, which it has in both weights and the Math family has not."""
    names, glyf = font.getBestCmap(), font["glyf"]
    bar, tilde = glyf[names[ord("−")]], glyf[names[ord("~")]]
    axis = (bar.yMin + bar.yMax) // 2
    for sign, result in (("<", "≤"), (">", "≥")):
        angle = glyf[names[ord(sign)]]
        above_bar = bar.yMax - bar.yMin + 46
        bottom = axis - (above_bar + angle.yMax - angle.yMin) // 2
        shifts = (("−", angle.xMin - bar.xMin, bottom - bar.yMin), (sign, 0, bottom + above_bar - angle.yMin))
        compose(font, result, [(part, Transform(1, 0, 0, 1, x, y)) for part, x, y in shifts])
    step = (tilde.yMax - tilde.yMin + 60) // 2
    compose(font, "≈", [("~", Transform(1, 0, 0, 1, 0, y)) for y in (step, -step)])
    equal, slash = glyf[names[ord("=")]], glyf[names[ord("/")]]
    squash = 560 / (slash.yMax - slash.yMin)
    x = (equal.xMin + equal.xMax - slash.xMin - slash.xMax) / 2
    y = axis - squash * (slash.yMin + slash.yMax) / 2
    compose(font, "≠", [("=", Transform()), ("/", Transform(1, 0, 0, squash, x, y))])


def compose(font: TTFont, result: str, parts: list[tuple[str, Transform]]) -> None:
    """Add a sign drawn from simple ones, as wide as the last of them that is not a slash."""
    names, glyphs, pen = font.getBestCmap(), font.getGlyphSet(), TTGlyphPen(None)
    for part, change in parts:
        glyphs[names[ord(part)]].draw(TransformPen(pen, change))
    wide = next(part for part, _ in reversed(parts) if part != "/")
    add(font, f"crf.{ord(result):04X}", pen.glyph(), font["hmtx"][names[ord(wide)]][0], ord(result))


def name_it(font: TTFont, weight: int, notices: list[str]) -> None:
    """Give the family its own name: the licence keeps 'Source' for Adobe, and Noto is a trademark."""
    style = WEIGHTS[weight]
    table = newTable("name")
    table.names = []
    texts = {
        0: " ".join(dict.fromkeys(notices)),
        1: FAMILY,
        2: style,
        3: f"{VERSION};CRF;CRFSans-{style}",
        4: FAMILY if weight == 400 else f"{FAMILY} {style}",
        5: f"Version {VERSION}",
        6: f"CRFSans-{style}",
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        14: "https://scripts.sil.org/OFL",
    }
    for number, text in texts.items():
        table.setName(text, number, 3, 1, 0x409)
    font["name"] = table


def set_metrics(font: TTFont, weight: int) -> None:
    """One line height for both weights, tall enough that neither Han nor stacked accents are clipped."""
    head, lines, windows = font["head"], font["hhea"], font["OS/2"]
    head.created = head.modified = MADE_AT
    head.fontRevision = float(VERSION)
    head.macStyle = 1 if weight == 700 else 0
    lines.ascent, lines.descent, lines.lineGap = 1069, -293, 0  # as Noto Sans; Han ink lies within 880 … -215
    windows.sTypoAscender, windows.sTypoDescender, windows.sTypoLineGap = 1069, -293, 0
    windows.usWinAscent, windows.usWinDescent = 1124, 420
    windows.usWeightClass, windows.fsType = weight, 0
    windows.fsSelection = (0x20 if weight == 700 else 0x40) | 0x80
    windows.achVendID = "CRF "
    windows.recalcUnicodeRanges(font)
    windows.recalcCodePageRanges(font)
    # xAvgCharWidth stays Noto Sans's: averaged over 28,000 full-width Han it would make every input field twice as wide


def finish(font: TTFont) -> None:
    """Order, tables and character map of the file as it is written."""
    base = font.getGlyphOrder()  # layout rules list glyphs in this order: it has to stay in front
    known = set(base)
    font.setGlyphOrder([*base, *(name for name in font["glyf"].glyphs if name not in known)])
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["post"].formatType = 3.0  # glyph names are of no use to Qt or to a PDF
    smooth = newTable("gasp")
    smooth.version, smooth.gaspRange = 1, {0xFFFF: 15}
    font["gasp"] = smooth
    for tag in ("vhea", "vmtx", "prep", "cvt ", "fpgm", "DSIG", "STAT"):
        if tag in font:
            del font[tag]


def split_planes(font: TTFont) -> None:
    """Keep the characters beyond the first plane out of the 16-bit maps and every character in the 32-bit ones."""
    whole = dict(font.getBestCmap())
    font["cmap"].tables = []
    for form, platform, encoding in ((4, 0, 3), (12, 0, 4), (4, 3, 1), (12, 3, 10)):
        table = CmapSubtable.newSubtable(form)
        table.platformID, table.platEncID, table.language = platform, encoding, 0
        table.cmap = {c: n for c, n in whole.items() if form == 12 or c <= 0xFFFF}
        font["cmap"].tables.append(table)


def make(weight: int, directory: Path, out: Path) -> Path:
    """Write one weight of the family."""
    font = latin_base(weight, directory)
    font["cmap"].tables = [max((t for t in font["cmap"].tables if t.isUnicode()), key=lambda t: len(t.cmap))]
    donors = {part: source(part, weight, directory) for part in ("han", "math", "symbols", "symbols2")}
    notices = [str(f["name"].getDebugName(0)) for f in (font, *donors.values())]
    compose_comparisons(font)
    adopt(font, donors["symbols"], ARROWS, "symbols")
    adopt(font, donors["math"], ARROWS | OPERATORS, "math", MATH_AXIS_RISE)
    adopt(font, donors["symbols2"], SIGNS, "symbols2")
    adopt(font, donors["symbols"], SIGNS, "symbols")
    adopt(font, donors["han"], donors["han"].getBestCmap(), "han")
    finish(font)
    split_planes(font)
    set_metrics(font, weight)
    name_it(font, weight, notices)
    path = out / f"CRFSans-{WEIGHTS[weight]}.ttf"
    font.save(path, reorderTables=True)
    return path


def main() -> None:
    """Make both weights and say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=Path, help="where unpacked packages are kept (default: nowhere)")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "resources" / "fonts")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        directory = asked.sources or Path(scratch)
        directory.mkdir(parents=True, exist_ok=True)
        asked.out.mkdir(parents=True, exist_ok=True)
        for weight in WEIGHTS:
            path = make(weight, directory, asked.out)
            print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, {len(TTFont(path).getBestCmap())} characters")


if __name__ == "__main__":
    main()
