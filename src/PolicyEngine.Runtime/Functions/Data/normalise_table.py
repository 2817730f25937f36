"""Writes NormaliseTable.cs: what `normalise` makes of each scalar, for the Unicode version that this Python carries.

Each scalar maps to the fixed point of: compatibility decomposition, removal of scalars that show nothing, look-alikes to Latin, lower
case. The table is compressed; its layout is described in NormaliseData.cs.
"""
import base64
import pathlib
import sys
import unicodedata
import zlib

# Pairs of a look-alike and the Latin letter it passes for. Where upper and lower case look like different letters, both are here.
LOOK_ALIKES = """
аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs һh ԁd ԛq ԝw ҽe ӏl ԍg ѵv ѡw
АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS ҺH ԀD ԚQ ԜW ӀI ԌG ѴV ѠW
αa βb εe ζz ηn ιi κk μm νv οo ρp τt υu χx γy ϲc ϳj ωw
ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC ͿJ
օo սu հh ցg ոn զq ՕO ՍU լl
ıi ȷj ɑa ɡg ɩi ɪi ʟl ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ᴊj ᴋk ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz
ᎪA ᏴB ᏟC ᎠD ᎬE ᏀG ᎻH ᎫJ ᏦK ᏞL ᎷM ᏢP ᎡR ᏚS ᎢT ᏙV ᎳW ᏃZ
ⲟo ⲣp ⲥc ⲭx ⲞO ⲢP ⲤC ⲬX ⲀA ⲂB ⲈE ⲎH ⲔK ⲘM ⲚN ⲦT
""".split()
MAP = {pair[0]: pair[1] for pair in LOOK_ALIKES}
for first, last in ((0x1F150, 0x1F169), (0x1F170, 0x1F189)):
    for code in range(first, last + 1):
        MAP[chr(code)] = chr(ord("A") + code - first)

REMOVED = set([0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0])
for first, last in ((0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFFF0, 0xFFFB),
                    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)):
    REMOVED.update(range(first, last + 1))


def lower(char):
    mapped = char.lower()
    # A full mapping of several scalars (only capital dotted i) decomposes before it comes here.
    return mapped if len(mapped) == 1 else char


def step(text):
    out = []
    for char in unicodedata.normalize("NFKD", text):
        if ord(char) not in REMOVED:
            out.append(lower(MAP.get(char, char)))
    return "".join(out)


def fixed_point(char):
    text = char
    while True:
        changed = step(text)
        if changed == text:
            return text
        text = changed


def is_hangul(code):
    return 0xAC00 <= code <= 0xD7A3


scalars = [c for c in range(sys.maxunicode + 1) if not 0xD800 <= c <= 0xDFFF]
mappings = []
for code in scalars:
    if is_hangul(code) or 0xE0000 <= code <= 0xE0FFF:
        continue
    mapped = fixed_point(chr(code))
    if mapped != chr(code):
        mappings.append((code, mapped))

classes = [(code, unicodedata.combining(chr(code))) for code in scalars if unicodedata.combining(chr(code))]

# Canonical pairs whose parts survive the mapping; a composed scalar that maps to something else is still the right name for the pair.
pairs = []
for code in scalars:
    if is_hangul(code):
        continue
    parts = unicodedata.decomposition(chr(code))
    if not parts or parts.startswith("<") or " " not in parts:
        continue
    first, second = (int(p, 16) for p in parts.split())
    if unicodedata.normalize("NFC", chr(first) + chr(second)) != chr(code):
        continue
    if fixed_point(chr(first) + chr(second)) == unicodedata.normalize("NFKD", chr(first) + chr(second)):
        if fixed_point(chr(code)) == unicodedata.normalize("NFKD", chr(code)):
            pairs.append((first, second, code))


def number(value):
    out = bytearray()
    while value >= 128:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def signed(value):
    return number(value * 2 if value >= 0 else -value * 2 - 1)


data = bytearray(number(len(mappings)))
previous = 0
for code, mapped in mappings:
    data += number(code - previous) + number(len(mapped))
    for char in mapped:
        data += signed(ord(char) - code)
    previous = code
data += number(len(classes))
previous = 0
for code, rank in classes:
    data += number(code - previous) + number(rank)
    previous = code
data += number(len(pairs))
previous = 0
for first, second, code in sorted(pairs):
    data += number(first - previous) + number(second) + number(code)
    previous = first

packed = zlib.compressobj(9, zlib.DEFLATED, -15)
blob = base64.b64encode(packed.compress(bytes(data)) + packed.flush()).decode()
lines = [blob[i:i + 116] for i in range(0, len(blob), 116)]
body = "\n".join(f'        "{line}" +' for line in lines)[:-2]
pathlib.Path(__file__).with_name("NormaliseTable.cs").write_text(f"""namespace PolicyEngine.Runtime.Functions;

/// <summary>The mappings of `normalise`, from Unicode {unicodedata.unidata_version}, written by normalise_table.py.</summary>
internal static class NormaliseTable
{{
    internal const string UnicodeVersion = "{unicodedata.unidata_version}";
    internal const int UnpackedLength = {len(data)};

    /// <summary>Deflate, then base64; see <see cref="NormaliseData"/> for the layout.</summary>
    internal const string Packed =
{body};
}}
""")
print(len(mappings), len(classes), len(pairs), len(data), len(blob), max(len(m) for _, m in mappings))
