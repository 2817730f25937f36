using System.Runtime.InteropServices;
using System.Text;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// Fields that no schema names, counted by event type and field. Bounded: a sender that makes up names all the time fills one last
/// entry, `other`.
/// </summary>
internal sealed class UnknownNames
{
    private const int MostNames = 1024;
    private const int LongestName = 128;
    private const string Other = "other";

    private readonly KeyTable names = new((0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1));
    /// <summary>By event type: how often each name was seen, one place further on; all others at place 0.</summary>
    private readonly Dictionary<string, long[]> counts = new(StringComparer.Ordinal);
    private int counted;
    private readonly List<int> ofLine = [];
    private byte[] dotted = new byte[256];

    public bool HasAny => ofLine.Count > 0;

    public void Clear() => ofLine.Clear();

    /// <summary>A member of the line being read; its count waits until the line's type is known and the line accepted.</summary>
    public void Note(string parent, ReadOnlySpan<byte> member) =>
        ofLine.Add(Handle(parent, member));

    public int Handle(string parent, ReadOnlySpan<byte> member)
    {
        if (member.Length + parent.Length > LongestName) return -1;
        if (parent.Length == 0) return Intern(member);
        if (dotted.Length < parent.Length * 3 + member.Length + 1) dotted = new byte[parent.Length * 3 + member.Length + 1];
        var length = Encoding.UTF8.GetBytes(parent, dotted);
        dotted[length++] = (byte)'.';
        member.CopyTo(dotted.AsSpan(length));
        return Intern(dotted.AsSpan(0, length + member.Length));
    }

    /// <summary>Members whose names were looked up when their shape was learned.</summary>
    public void Note(ReadOnlySpan<int> handles) => ofLine.AddRange(handles);

    /// <summary>A field that some other type has.</summary>
    public void Note(string name)
    {
        if (dotted.Length < name.Length * 3) dotted = new byte[name.Length * 3];
        var length = Encoding.UTF8.GetBytes(name, dotted);
        ofLine.Add(length > LongestName ? -1 : Intern(dotted.AsSpan(0, length)));
    }

    public void Count(string type)
    {
        ref var ofType = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, type, out _);
        ofType ??= new long[1];
        foreach (var name in ofLine)
        {
            var place = name + 1;
            if (place >= ofType.Length) Array.Resize(ref ofType, place * 2);
            if (ofType[place] == 0 && counted++ >= MostNames) place = 0;
            ofType[place]++;
        }
    }

    public IReadOnlyDictionary<string, long> ToDictionary()
    {
        var result = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (type, ofType) in counts)
        {
            for (var place = 0; place < ofType.Length; place++)
            {
                if (ofType[place] == 0) continue;
                var key = $"{type}.{(place == 0 ? Other : Encoding.UTF8.GetString(names.Bytes(place - 1)))}";
                result[key] = result.GetValueOrDefault(key) + ofType[place];
            }
        }
        return result;
    }

    private int Intern(ReadOnlySpan<byte> name)
    {
        var known = names.Find(name);
        return known >= 0 || names.Count < MostNames ? (known >= 0 ? known : names.Intern(name)) : -1;
    }
}
