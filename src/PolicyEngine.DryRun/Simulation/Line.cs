using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace PolicyEngine.DryRun.Simulation;

/// <summary>
/// Writes one line into room of at least <see cref="Longest"/> bytes, which nothing checks again: lines are made of parts whose lengths
/// are known. Parts may write rubbish behind themselves, which the next part covers.
/// </summary>
internal ref struct Line(ref byte room)
{
    public const int Longest = 1024;

    private static readonly ushort[] HexPairs = [.. Enumerable.Range(0, 256).Select(i => (ushort)Digits(i, "x2"))];
    private static readonly uint[] Thousand = [.. Enumerable.Range(0, 1000).Select(i => Digits(i, "000"))];
    /// <summary>A number below 256 with a point behind it; the length stands in the upper half.</summary>
    private static readonly ulong[] Octets = [.. Enumerable.Range(0, 256).Select(Octet)];

    private readonly ref byte _room = ref room;

    public int Length { get; private set; }

    private readonly ref byte End => ref Unsafe.Add(ref _room, Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(ReadOnlySpan<byte> text)
    {
        text.CopyTo(MemoryMarshal.CreateSpan(ref End, text.Length));
        Length += text.Length;
    }

    /// <summary>The first bytes of a text that has room for 128.</summary>
    public void PutHead(byte[] text, int length)
    {
        ref var from = ref MemoryMarshal.GetArrayDataReference(text);
        Vector512.LoadUnsafe(ref from).StoreUnsafe(ref End);
        Vector512.LoadUnsafe(ref from, 64).StoreUnsafe(ref Unsafe.Add(ref End, 64));
        Length += length;
    }

    public void Put(byte letter)
    {
        End = letter;
        Length++;
    }

    /// <summary>One of <see cref="Words"/>, with a blank before it.</summary>
    public void Word(int word)
    {
        ref readonly var from = ref Words.At(word);
        Vector128.LoadUnsafe(in from).StoreUnsafe(ref End);
        Length += Unsafe.Add(ref Unsafe.AsRef(in from), Words.Stride - 1);
    }

    /// <summary>The lowest digits of a number in base 16, an even count of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Hex(ulong value, int digits)
    {
        HexAt(Length, value, digits);
        Length += digits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void HexAt(int place, ulong value, int digits)
    {
        for (var i = digits - 2; i >= 0; i -= 2)
        {
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref _room, place + i), HexPairs[value & 255]);
            value >>= 8;
        }
    }

    /// <summary>Seconds and milliseconds of a minute: `54.343`.</summary>
    public readonly void SecondsAt(int place, int milliseconds)
    {
        var seconds = milliseconds / 1000;
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref _room, place), (ushort)(Thousand[seconds] >> 8));
        Unsafe.Add(ref _room, place + 2) = (byte)'.';
        var last = Thousand[milliseconds - (seconds * 1000)];
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref _room, place + 3), (ushort)last);
        Unsafe.Add(ref _room, place + 5) = (byte)(last >> 16);
    }

    /// <summary>Three digits, with zeros before them.</summary>
    public void Thousandths(int value)
    {
        Unsafe.WriteUnaligned(ref End, Thousand[value]);
        Length += 3;
    }

    /// <summary>0 to 999 999.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Number(int value)
    {
        if (value >= 1000)
        {
            var thousands = value / 1000;
            Below1000(thousands);
            Thousandths(value - (thousands * 1000));
        }
        else
        {
            Below1000(value);
        }
    }

    public void Address(uint address)
    {
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            var octet = Octets[(address >> shift) & 255];
            Unsafe.WriteUnaligned(ref End, (uint)octet);
            Length += (int)(octet >> 32);
        }
        Length--;
    }

    private void Below1000(int value)
    {
        var skipped = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        Unsafe.WriteUnaligned(ref End, Thousand[value] >> (8 * skipped));
        Length += 3 - skipped;
    }

    /// <summary>Up to four digits as the number whose bytes they are.</summary>
    private static uint Digits(int value, string form) =>
        MemoryMarshal.Read<uint>([.. Encoding.ASCII.GetBytes(value.ToString(form, CultureInfo.InvariantCulture)), 0, 0, 0, 0]);

    private static ulong Octet(int value)
    {
        var text = Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture) + ".");
        return ((ulong)text.Length << 32) | MemoryMarshal.Read<uint>([.. text, 0, 0]);
    }
}
