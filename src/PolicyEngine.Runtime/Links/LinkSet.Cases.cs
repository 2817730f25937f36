using System.Security.Cryptography;
using System.Text;

namespace PolicyEngine.Runtime.Links;

/// <summary>What the outside sees of cases.</summary>
internal sealed partial class LinkSet
{
    private const int CaseDigits = 16;

    /// <summary>Cases of all links, by link, in the order in which they were opened.</summary>
    public IReadOnlyList<CaseFacts> CaseFacts() => [.. Plan.Links.SelectMany(l => Cases(l.Index).All.Select(c => FactsOf(l, c)))];

    private CaseFacts FactsOf(Plans.LinkPlan link, Case open)
    {
        var members = open.Members.ToArray();
        Array.Sort(members, (a, b) => tables.Compare(link.MemberDomain, a, b));
        return new CaseFacts(
            IdOf(link, open), open.Rule, link.ShortName, open.Opened, open.Closed, open.MergedInto is { } into ? IdOf(link, into) : null,
            [.. members.Select(m => Encoding.UTF8.GetString(tables[link.MemberDomain].Bytes(m)))]);
    }

    private string IdOf(Plans.LinkPlan link, Case open)
    {
        var text = $"{open.Rule}\0{Encoding.UTF8.GetString(tables[link.GroupDomain].Bytes(open.Group))}";
        return "c_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..CaseDigits];
    }
}
