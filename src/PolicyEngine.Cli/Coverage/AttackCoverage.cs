using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Cli.Coverage;

internal sealed record CoveringRule(string Pack, string Rule, string Stage, string? Severity);

/// <summary><paramref name="Tactics"/>: those that its rules name, in the order of the matrix.</summary>
internal sealed record CoveredTechnique(string Technique, IReadOnlyList<string> Tactics, IReadOnlyList<CoveringRule> Rules);

internal sealed record CoveredTactic(string Tactic, int Techniques, int Rules);

/// <summary>A tag that begins as one of ATT&amp;CK and is none; <paramref name="Nearest"/> is what may have been meant.</summary>
internal sealed record DoubtfulTag(string Tag, string? Nearest, IReadOnlyList<string> Rules);

/// <summary>Which techniques the rules of packs look for, by their tags. Retired rules look for nothing.</summary>
internal sealed record AttackCoverage
{
    public required int Rules { get; init; }
    public required int RulesWithoutTag { get; init; }
    public required IReadOnlyList<CoveredTactic> Tactics { get; init; }
    public required IReadOnlyList<CoveredTechnique> Techniques { get; init; }
    public required IReadOnlyList<DoubtfulTag> Doubtful { get; init; }

    public static AttackCoverage Of(PolicyModel model)
    {
        var rules = model.Packs.SelectMany(p => p.Rules).Where(r => r.Metadata.Stage != Stage.Retired).ToList();
        var tagged = rules.Select(r => new Tagged(r, [.. r.Metadata.Tags.Select(t => (t, AttackTag.Read(t))).Where(t => t.Item2 is not null).Select(t => (t.t, t.Item2!.Value))])).ToList();
        return new AttackCoverage
        {
            Rules = rules.Count,
            RulesWithoutTag = tagged.Count(t => t.Tags.Count == 0),
            Tactics = [.. AttackTag.Tactics.Select(tactic => Tactic(tactic, tagged)).Where(t => t.Rules > 0)],
            Techniques = [.. tagged.SelectMany(t => t.Techniques).Distinct().Order(StringComparer.Ordinal).Select(technique => Technique(technique, tagged))],
            Doubtful = [.. tagged.SelectMany(t => t.Tags.Where(g => g.Tag.Kind == AttackKind.Unknown).Select(g => (g.Text, g.Tag.Name, t.Rule)))
                .GroupBy(t => (t.Text, t.Name)).Select(g => Doubt(g.Key.Text, g.Key.Name, [.. g.Select(t => t.Rule.QualifiedName)]))],
        };
    }

    private static CoveredTactic Tactic(string tactic, List<Tagged> tagged)
    {
        var within = tagged.Where(t => t.Tactics.Contains(tactic)).ToList();
        return new CoveredTactic(tactic, within.SelectMany(t => t.Techniques).Distinct().Count(), within.Count);
    }

    private static CoveredTechnique Technique(string technique, List<Tagged> tagged)
    {
        var within = tagged.Where(t => t.Techniques.Contains(technique)).ToList();
        return new CoveredTechnique(
            technique,
            [.. AttackTag.Tactics.Where(tactic => within.Exists(t => t.Tactics.Contains(tactic)))],
            [.. within.Select(t => Rule(t.Rule)).OrderBy(r => r.Pack, StringComparer.Ordinal).ThenBy(r => r.Rule, StringComparer.Ordinal)]);
    }

    private static CoveringRule Rule(RuleSymbol rule) =>
        new(rule.Pack.Name, rule.Name, rule.Metadata.Stage.ToString().ToLowerInvariant(), rule.Metadata.Severity);

    private static DoubtfulTag Doubt(string tag, string name, IReadOnlyList<string> rules) =>
        new(tag, Suggestion.Nearest(name, AttackTag.Tactics) is { } near ? $"attack.{near}" : null, rules);

    private sealed record Tagged(RuleSymbol Rule, IReadOnlyList<(string Text, AttackTag Tag)> Tags)
    {
        public HashSet<string> Tactics { get; } = [.. Tags.Where(t => t.Tag.Kind == AttackKind.Tactic).Select(t => t.Tag.Name)];

        public HashSet<string> Techniques { get; } = [.. Tags.Where(t => t.Tag.Kind == AttackKind.Technique).Select(t => t.Tag.Name)];
    }
}
