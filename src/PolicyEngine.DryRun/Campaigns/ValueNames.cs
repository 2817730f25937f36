using System.Text;

namespace PolicyEngine.DryRun.Campaigns;

/// <summary>Texts by dense numbers, in order of appearance.</summary>
internal sealed class ValueNames
{
    private readonly Dictionary<byte[], int> _numbers = new(new BytesComparer());
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly List<byte[]> _texts = [];

    public ValueNames() => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>();

    public int Count => _texts.Count;

    public string this[int number] => Encoding.UTF8.GetString(_texts[number]);

    public int Number(ReadOnlySpan<byte> text)
    {
        if (_lookup.TryGetValue(text, out var number)) return number;
        _texts.Add(text.ToArray());
        return _numbers[_texts[^1]] = _texts.Count - 1;
    }

    /// <summary>−1 when the text never came.</summary>
    public int Find(ReadOnlySpan<byte> text) => _lookup.TryGetValue(text, out var number) ? number : -1;

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

        public bool Equals(ReadOnlySpan<byte> left, byte[] right) => left.SequenceEqual(right);

        public int GetHashCode(byte[] text) => GetHashCode(text.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> text)
        {
            var hash = new HashCode();
            hash.AddBytes(text);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> text) => text.ToArray();
    }
}
