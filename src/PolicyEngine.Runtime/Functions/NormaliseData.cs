using System.IO.Compression;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// The unpacked table of `normalise`. Numbers are in groups of seven bits, lowest first. Three lists follow each other, each with
/// its length in front and first items as differences: mappings (scalar, count, each target less the scalar with the sign in the
/// lowest bit), combining classes (scalar, class), canonical pairs (first, second, composed).
/// </summary>
internal sealed class NormaliseData
{
    private const int PageBits = 7;
    private const int PageMask = (1 << PageBits) - 1;
    private const int Pages = 0x110000 >> PageBits;
    private const int RemovedFirst = 0xE0000;
    private const int RemovedLast = 0xE0FFF;

    private readonly int[]?[] mapped = new int[]?[Pages];
    private readonly byte[]?[] classes = new byte[]?[Pages];
    private readonly Dictionary<ulong, int> pairs = [];
    private readonly int[] targets;
    private readonly byte[] data;
    private int at;

    internal static readonly NormaliseData Instance = new();

    private NormaliseData()
    {
        data = new byte[NormaliseTable.UnpackedLength];
        var packed = new MemoryStream(Convert.FromBase64String(NormaliseTable.Packed));
        using (var stream = new DeflateStream(packed, CompressionMode.Decompress))
            stream.ReadExactly(data);
        targets = ReadMappings();
        ReadClasses();
        ReadPairs();
        data = [];
    }

    /// <summary>What a scalar becomes; false if it stays as it is. Empty for scalars that show nothing.</summary>
    internal bool TryMap(int scalar, out ReadOnlySpan<int> target)
    {
        if (scalar is >= RemovedFirst and <= RemovedLast)
        {
            target = [];
            return true;
        }
        var entry = mapped[scalar >> PageBits]?[scalar & PageMask] ?? 0;
        target = entry == 0 ? [] : targets.AsSpan(entry >> 5, entry & 31);
        return entry != 0;
    }

    internal int ClassOf(int scalar) => classes[scalar >> PageBits]?[scalar & PageMask] ?? 0;

    internal bool TryCompose(int first, int second, out int composed)
    {
        if (HangulSyllables.TryCompose(first, second, out composed))
            return true;
        return pairs.TryGetValue(PairKey(first, second), out composed);
    }

    private static ulong PairKey(int first, int second) => ((ulong)(uint)first << 32) | (uint)second;

    private int[] ReadMappings()
    {
        // The first target is unused, so that no entry is 0.
        var all = new List<int> { 0 };
        var count = ReadNumber();
        for (int i = 0, scalar = 0; i < count; i++)
        {
            scalar += ReadNumber();
            var length = ReadNumber();
            var page = mapped[scalar >> PageBits] ??= new int[1 << PageBits];
            page[scalar & PageMask] = (all.Count << 5) | length;
            for (var k = 0; k < length; k++)
            {
                var zigzag = ReadNumber();
                all.Add(scalar + ((zigzag >> 1) ^ -(zigzag & 1)));
            }
        }
        return [.. all];
    }

    private void ReadClasses()
    {
        var count = ReadNumber();
        for (int i = 0, scalar = 0; i < count; i++)
        {
            scalar += ReadNumber();
            var page = classes[scalar >> PageBits] ??= new byte[1 << PageBits];
            page[scalar & PageMask] = (byte)ReadNumber();
        }
    }

    private void ReadPairs()
    {
        var count = ReadNumber();
        for (int i = 0, first = 0; i < count; i++)
        {
            first += ReadNumber();
            var second = ReadNumber();
            pairs[PairKey(first, second)] = ReadNumber();
        }
    }

    private int ReadNumber()
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = data[at++];
            value |= (part & 127) << shift;
            if (part < 128)
                return value;
        }
    }
}
