namespace PolicyEngine.Oracle.Generation;

/// <summary>What a policy may hold.</summary>
public sealed record PolicyTraits
{
    /// <summary>Samples and holdouts, which depend on the names of packs and rules.</summary>
    public bool Sampling { get; init; } = true;
    /// <summary>Every key, list and limit belongs to one account, so that no account can matter to another.</summary>
    public bool AccountsApart { get; init; }
}

/// <summary>Writes a random policy over the fixed schema as text of the language, so that the whole front end takes part.</summary>
internal static class PolicyGenerator
{
    public static PolicyDraft Generate(Draw draw, PolicyTraits traits)
    {
        var conditions = new ConditionWriter(draw);
        var measureWriter = new MeasureWriter(draw, conditions, traits);
        var ruleWriter = new RuleWriter(draw, conditions, traits);
        var sources = Schema.Sources.ToList();
        var measures = new List<DraftMeasure>();
        var declarations = new List<string>();
        var levels = draw.Between(1, 4);
        var (measureCount, ruleCount) = (0, 0);
        var links = !traits.AccountsApart && draw.Chance(50) ? new LinkWriter(draw) : null;
        if (links is not null) declarations.AddRange(links.Link(measures));
        for (var level = 0; level < levels; level++)
        {
            for (var count = draw.Between(2, level == 0 ? 6 : 3); count > 0; count--)
            {
                var (measure, text) = measureWriter.Write(measureCount++, [.. sources.Where(s => s.Level <= level)], measures);
                measures.Add(measure);
                declarations.Add(text);
            }
            for (var count = links is null ? 0 : draw.Between(1, 2); count > 0; count--)
            {
                declarations.Add(links!.Measure(level, measures));
                declarations.Add(links.Rule(ruleCount++, level, measures));
            }
            for (var count = draw.Between(1, 3); count > 0; count--)
            {
                var (fired, text) = ruleWriter.Write(ruleCount++, level, sources, measures);
                sources.Add(fired);
                declarations.Add(text);
            }
        }
        return new PolicyDraft(Schema.Head, declarations);
    }
}
