using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// Reads a line by the shapes learned before: it predicts the bytes up to the next value and only compares. It knows a strict part of
/// JSON; whatever else comes, the reference reader decides.
/// </summary>
internal sealed unsafe class ShapeScanner(ShapeTable shapes, RowWriter writer, UnknownNames unknown)
{
    private const int MostDigits = 15;

    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private static readonly long[] WholePowersOfTen = [.. PowersOfTen.Select(p => (long)p)];

    private EventBatch batch = null!;
    private byte* text;
    private byte* end;

    /// <summary>True: the line is read as the reference reader would. False: it may still be anything.</summary>
    public bool TryRead(EventBatch into, int start, int length, bool isAscii)
    {
        if (shapes.Root.Steps.Length == 0 || !(isAscii || Utf8.IsValid(into.Text.AsSpan(start, length)))) return false;
        batch = into;
        fixed (byte* pinned = into.Text)
        {
            text = pinned;
            end = pinned + start + length;
            return TryRead(pinned + start);
        }
    }

    private bool TryRead(byte* at)
    {
        var shape = shapes.Root;
        // What stands on the usual way stays in registers: the place reached, and which targets have got a value.
        ulong present = 0;
        while (true)
        {
            if (at >= end) return false;
            // A shape has no steps where there was no room left to learn them.
            var step = shape.First;
            if (step is null || !step.Matches(at, end))
            {
                if (MatchOther(shape, at) is not { } other) return false;
                step = other;
            }
            if (step.Unknown.Length > 0) unknown.Note(step.Unknown);
            if (step.Next is null)
            {
                writer.AddPresent(present);
                return true;
            }
            at += step.Length;
            shape = step.Next;
            var behind = TakeUsual(step, at);
            if (behind is not null)
            {
                present |= step.Bit;
                at = behind;
            }
            else if (!TryTake(step, ref at))
            {
                return false;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ShapeStep? MatchOther(Shape shape, byte* at)
    {
        var steps = shape.Steps;
        for (var i = 1; i < steps.Length; i++)
        {
            var step = steps[i];
            if (!step.Matches(at, end)) continue;
            shape.Promote(i);
            return step;
        }
        return null;
    }

    /// <summary>A value that is as its target wants it, written in the usual way: the place behind it. Null: something else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* TakeUsual(ShapeStep step, byte* at)
    {
        byte* behind;
        switch (step.Action)
        {
            case StepAction.Text:
                behind = PlainText(at);
                if (behind is not null) writer.PutText(step.Target, (int)(at + 1 - text), (int)(behind - at) - 2);
                return behind;
            case StepAction.Frame:
                behind = PlainText(at);
                if (behind is not null) writer.Frame.Put(step.Frame, new JsonScalar(JsonKind.Text, (int)(at + 1 - text), (int)(behind - at) - 2));
                return behind;
            case StepAction.Ip:
                behind = PlainText(at);
                if (behind is null || !IpDigits.TryParse(at + 1, (int)(behind - at) - 2, out var address)) return null;
                writer.PutIp(step.Target, IpValue.FromV4(address).Bits);
                return behind;
            case StepAction.Integer:
                if (!TryDigits(at, out behind, out var integer, out var none) || none != 0) return null;
                writer.PutInteger(step.Target, integer);
                return behind;
            case StepAction.Number:
                if (!TryDigits(at, out behind, out var digits, out var scale)) return null;
                writer.PutNumber(step.Target, digits / PowersOfTen[scale]);
                return behind;
            default:
                return null;
        }
    }

    /// <summary>The place behind a text without escapes; null if it is none, or not certainly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* PlainText(byte* at)
    {
        var p = FindSpecial(at + 1, end);
        return *at == '"' && p < end && *p == '"' ? p + 1 : null;
    }

    /// <summary>Reads the value, whatever it is, and puts it where it belongs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryTake(ShapeStep step, ref byte* at)
    {
        if (!TryValue(ref at, out var value)) return false;
        switch (step.Action)
        {
            case StepAction.Skip:
                break;
            case StepAction.Frame:
                writer.Frame.Put(step.Frame, value);
                break;
            case StepAction.Any:
                writer.PutAll(step.Node!, value);
                break;
            default:
                writer.Put(step.Target, value);
                break;
        }
        return true;
    }

    /// <summary>
    /// Up to 15 digits: their quotient by a power of ten is then the nearest double, and never −0. False for all else.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryDigits(byte* at, out byte* behind, out long digits, out int scale)
    {
        behind = at;
        var p = at;
        var isNegative = *p == '-';
        if (isNegative) p++;
        var first = p;
        scale = 0;
        p = Digits(p, out digits);
        if (p == first || p - first > MostDigits || (*first == '0' && p - first > 1)) return false;
        if (*p == '.')
        {
            var fraction = p + 1;
            p = Digits(fraction, out var below);
            scale = (int)(p - fraction);
            if (scale == 0 || p - first > MostDigits + 1) return false;
            digits = digits * WholePowersOfTen[scale] + below;
        }
        if (p >= end) return false;
        if (isNegative) digits = -digits;
        behind = p;
        return true;
    }

    /// <summary>
    /// The place behind the digits, and what they say if they are not too many. Up to seven are found and read together: how many there
    /// are changes from line to line, so a loop over them would be guessed wrong.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Digits(byte* p, out long digits)
    {
        var word = Unsafe.ReadUnaligned<ulong>(p) ^ 0x3030_3030_3030_3030;
        var others = ((word + 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080;
        var bits = BitOperations.TrailingZeroCount(others) & ~7;
        if (bits is 0 or 64) return DigitByDigit(p, out digits);
        word <<= 64 - bits;
        word = word * 10 + (word >> 8);
        word = (word & 0x0000_00FF_0000_00FF) * 0x000F_4240_0000_0064 + ((word >> 16) & 0x0000_00FF_0000_00FF) * 0x0000_2710_0000_0001;
        digits = (long)(word >> 32);
        return p + (bits >> 3);
    }

    private static byte* DigitByDigit(byte* p, out long digits)
    {
        digits = 0;
        for (; (uint)(*p - '0') <= 9; p++) digits = digits * 10 + (*p - '0');
        return p;
    }

    private bool TryValue(ref byte* at, out JsonScalar value)
    {
        var start = (int)(at - text);
        switch (*at)
        {
            case (byte)'"':
                return TryText(ref at, out value);
            case (byte)'t' when Unsafe.ReadUnaligned<uint>(at) == 0x65757274:
                at += 4;
                value = new JsonScalar(JsonKind.Boolean, start, 4, true);
                break;
            case (byte)'f' when Unsafe.ReadUnaligned<uint>(at + 1) == 0x65736C61:
                at += 5;
                value = new JsonScalar(JsonKind.Boolean, start, 5);
                break;
            case (byte)'n' when Unsafe.ReadUnaligned<uint>(at) == 0x6C6C756E:
                at += 4;
                value = new JsonScalar(JsonKind.Null, start, 4);
                break;
            default:
                var isNumber = TryNumber(ref at);
                value = new JsonScalar(JsonKind.Number, start, (int)(at - text) - start);
                return isNumber;
        }
        return at <= end;
    }

    /// <summary>Digits and a fraction; numbers with exponents are left to the reference reader.</summary>
    private bool TryNumber(ref byte* at)
    {
        var p = at;
        if (*p == '-') p++;
        var first = p;
        while ((uint)(*p - '0') <= 9 && p < end) p++;
        if (p == first || (*first == '0' && p - first > 1)) return false;
        if (*p == '.')
        {
            var fraction = ++p;
            while ((uint)(*p - '0') <= 9 && p < end) p++;
            if (p == fraction) return false;
        }
        at = p;
        return p < end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryText(ref byte* at, out JsonScalar value)
    {
        var first = at + 1;
        var p = FindSpecial(first, end);
        value = new JsonScalar(JsonKind.Text, (int)(first - text), (int)(p - first));
        if (p >= end) return false;
        at = p + 1;
        return *p == '"' || (*p == '\\' && TryEscaped(first, p, ref at, out value));
    }

    /// <summary>The first quote, backslash or control character, or a place at or beyond the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* FindSpecial(byte* p, byte* end)
    {
        var block = Vector256.Load(p);
        var special = Vector256.Equals(block, Vector256.Create((byte)'"')) | Vector256.Equals(block, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(block, Vector256.Create((byte)0x20));
        var bits = special.ExtractMostSignificantBits();
        return bits != 0 ? p + BitOperations.TrailingZeroCount(bits) : FindFar(p + Vector256<byte>.Count, end);
    }

    private static byte* FindFar(byte* p, byte* end)
    {
        for (; p < end; p += Vector512<byte>.Count)
        {
            var block = Vector512.Load(p);
            var special = Vector512.Equals(block, Vector512.Create((byte)'"')) | Vector512.Equals(block, Vector512.Create((byte)'\\'))
                | Vector512.LessThan(block, Vector512.Create((byte)0x20));
            var bits = special.ExtractMostSignificantBits();
            if (bits != 0) return p + BitOperations.TrailingZeroCount(bits);
        }
        return p;
    }

    private bool TryEscaped(byte* first, byte* p, ref byte* at, out JsonScalar value)
    {
        value = default;
        while (*p == '\\')
        {
            if (p + 1 >= end) return false;
            if (!"\"\\/bfnrt"u8.Contains(p[1]) && !(p[1] == 'u' && IsHex(p + 2))) return false;
            p = FindSpecial(p + (p[1] == 'u' ? 6 : 2), end);
            if (p >= end) return false;
        }
        if (*p != '"') return false;
        at = p + 1;
        var raw = new ReadOnlySpan<byte>(first, (int)(p - first));
        var written = JsonText.Unescape(raw, batch.Text.AsSpan(batch.TextLength));
        if (written < 0) return false;
        value = new JsonScalar(JsonKind.Text, batch.TextLength, written);
        batch.TextLength += written;
        return true;
    }

    private bool IsHex(byte* digits)
    {
        if (digits + 4 > end) return false;
        for (var i = 0; i < 4; i++)
            if (!char.IsAsciiHexDigit((char)digits[i])) return false;
        return true;
    }
}
