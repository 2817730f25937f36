using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Matching;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Decisions;

/// <summary>Handles back to the text they stand for.</summary>
internal sealed class KeyText(Plan plan, KeyTables tables)
{
    /// <summary>Appends the key; parts of a composite one with commas between.</summary>
    public void Append(TextBuffer text, int domain, int handle)
    {
        var kind = plan.Domains[domain].Kind;
        var bytes = tables[domain].Bytes(handle);
        if (kind is DomainKind.Text or DomainKind.Entity)
        {
            text.Append(bytes);
            return;
        }
        if (kind != DomainKind.Composite)
        {
            KeyValues.Read(tables[domain], handle, KindOf(kind)).Stand(text);
            return;
        }
        var parts = plan.Domains[domain].Parts;
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0) text.Append(","u8);
            Append(text, parts[i], KeyBytes.Part(bytes, i));
        }
    }

    private static ValueKind KindOf(DomainKind kind) => kind switch
    {
        DomainKind.Ip => ValueKind.Ip,
        DomainKind.Cidr => ValueKind.Cidr,
        DomainKind.Number => ValueKind.Number,
        DomainKind.Fingerprint => ValueKind.Fingerprint,
        _ => ValueKind.Integer,
    };
}
