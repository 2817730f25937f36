"""Writes FixedMathTables.cs: the logarithm and power tables of FixedMath, computed with 60 decimal digits."""
from decimal import Decimal, getcontext
import pathlib

getcontext().prec = 60
LN2 = Decimal(2).ln()


def text(x):
    return repr(float(x))


def rows(values, per_line=4):
    lines = []
    for i in range(0, len(values), per_line):
        lines.append("        " + ", ".join(values[i:i + per_line]) + ",")
    return "\n".join(lines)


def log_rows():
    out = []
    for i in range(90, 182):
        # A reciprocal of 16 bits: its product with the upper half of a mantissa is exact in a double.
        inverse = round(Decimal(128) / Decimal(i) * 32768) / Decimal(32768)
        value = -(inverse.ln() / LN2)
        # The head keeps 40 bits, so that adding the binary exponent to it is exact.
        head = Decimal(round(value * (1 << 40))) / (1 << 40)
        out += [text(inverse), text(head), text(value - head)]
    return rows(out, 3)


def exp_rows():
    out = []
    for j in range(-32, 33):
        value = (LN2 * j / 64).exp()
        head = Decimal(float(value))
        out += [text(head), text(value - head)]
    return rows(out, 4)


coefficients = []
for k in range(1, 10):
    value = (Decimal(1) if k % 2 else Decimal(-1)) / k / LN2
    coefficients.append(text(value))
exponential = []
term = Decimal(1)
for k in range(1, 9):
    term = term * LN2 / k
    exponential.append(text(term))
inverse_ln2 = 1 / LN2
head = Decimal(round(inverse_ln2 * (1 << 20))) / (1 << 20)

pathlib.Path(__file__).with_name("FixedMathTables.cs").write_text(f"""namespace PolicyEngine.Runtime.Functions;

/// <summary>Constants of <see cref="FixedMath"/>, written by fixed_math_tables.py.</summary>
internal static class FixedMathTables
{{
    internal const int FirstLogRow = 90;
    internal const double InverseLn2Head = {text(head)};
    internal const double InverseLn2Tail = {text(inverse_ln2 - head)};

    /// <summary>Three numbers for each i/128: a 16-bit reciprocal r, then −log2 r in a head of 40 bits and its tail.</summary>
    internal static ReadOnlySpan<double> Log =>
    [
{log_rows()}
    ];

    /// <summary>Two numbers for each j of −32..32: 2^(j/64) and what the double leaves out of it.</summary>
    internal static ReadOnlySpan<double> Exp =>
    [
{exp_rows()}
    ];

    /// <summary>Series of log2(1 + r), first term first.</summary>
    internal static ReadOnlySpan<double> LogSeries =>
    [
{rows(coefficients)}
    ];

    /// <summary>Series of 2^r − 1, first term first.</summary>
    internal static ReadOnlySpan<double> ExpSeries =>
    [
{rows(exponential)}
    ];
}}
""")
