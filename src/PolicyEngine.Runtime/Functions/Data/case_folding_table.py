"""Writes CaseFoldingTable.cs: simple upper-case mappings of the Unicode version that this Python carries."""
import pathlib
import sys
import unicodedata

# Dotless i and long s would otherwise fold into ASCII letters: i without its dot is another letter (E10).
EXCLUDED = {0x131, 0x17F}


def simple_upper(code):
    text = chr(code)
    # The full mapping has several scalars where a simple one differs from it; the title form is then the simple one.
    for mapped in (text.upper(), text.title()):
        if len(mapped) == 1:
            return ord(mapped)
    return code


pairs = [(c, simple_upper(c)) for c in range(sys.maxunicode + 1)
         if not 0xD800 <= c <= 0xDFFF and c not in EXCLUDED and simple_upper(c) != c]
assert all(code > 127 or upper <= 127 for code, upper in pairs)
assert all(code <= 127 or upper > 127 for code, upper in pairs)

runs = []  # first, count, step, delta
for code, upper in pairs:
    delta = upper - code
    if runs:
        first, count, step, old = runs[-1]
        gap = code - (first + (count - 1) * step)
        if old == delta and gap in (1, 2) and (count == 1 or gap == step):
            runs[-1] = (first, count + 1, gap, old)
            continue
    runs.append((code, 1, 1, delta))

numbers = [f"0x{first:X}, {count}, {step}, {delta}," for first, count, step, delta in runs]
lines = [" ".join(numbers[i:i + 5]) for i in range(0, len(numbers), 5)]
body = "\n".join("        " + line for line in lines)
pathlib.Path(__file__).with_name("CaseFoldingTable.cs").write_text(f"""namespace PolicyEngine.Runtime.Functions;

/// <summary>Simple upper-case mappings of Unicode {unicodedata.unidata_version}, written by case_folding_table.py.</summary>
internal static class CaseFoldingTable
{{
    /// <summary>Four numbers a run: first scalar, count, step, and what is added to each to get its upper case.</summary>
    internal static ReadOnlySpan<int> Runs =>
    [
{body}
    ];
}}
""")
