using System.Text.RegularExpressions;

namespace PolicyEngine.Cli.Coverage;

internal enum AttackKind { Tactic, Technique, Other, Unknown }

/// <summary>
/// A tag such as `attack.t1059.001` or `attack.initial-access` as MITRE ATT&amp;CK (enterprise) names it: technique ids in capitals, tactics by
/// their short names. Groups, software, campaigns and data sources are known to be none of either.
/// </summary>
internal readonly partial record struct AttackTag(AttackKind Kind, string Name)
{
    private const string Prefix = "attack.";

    /// <summary>Short names in the order of the matrix; what was one tactic, the evasion of defences, has become two.</summary>
    public static readonly IReadOnlyList<string> Tactics =
    [
        "reconnaissance", "resource-development", "initial-access", "execution", "persistence", "privilege-escalation", "stealth",
        "defense-evasion", "defense-impairment", "credential-access", "discovery", "lateral-movement", "collection", "command-and-control", "exfiltration", "impact",
    ];

    /// <summary>Null: the tag speaks of something else.</summary>
    public static AttackTag? Read(string tag)
    {
        if (!tag.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return null;
        var name = tag[Prefix.Length..];
        if (Technique().IsMatch(name)) return new AttackTag(AttackKind.Technique, name.ToUpperInvariant());
        if (Other().IsMatch(name)) return new AttackTag(AttackKind.Other, name.ToUpperInvariant());
        var tactic = name.ToLowerInvariant().Replace('_', '-').Replace(' ', '-');
        return new AttackTag(Tactics.Contains(tactic) ? AttackKind.Tactic : AttackKind.Unknown, tactic);
    }

    [GeneratedRegex("^t[0-9]{4}(\\.[0-9]{3})?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Technique();

    [GeneratedRegex("^(ds|[gsc])[0-9]{4}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Other();
}
