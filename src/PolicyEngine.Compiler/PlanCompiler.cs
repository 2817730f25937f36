using System.Text;
using PolicyEngine.Compiler.Lowering;
using PolicyEngine.Compiler.Planning;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler;

/// <summary>
/// Bound model to plan, in steps: lower rules and what they read to nodes; find strata; bound what is not plain by screens; number
/// rules in the order of decisions; hash.
/// </summary>
public static class PlanCompiler
{
    /// <summary>A literal as the engine holds it, for edits of lists.</summary>
    public static Constant Constant(LiteralExpression literal) => ConstantText.Lower(literal);

    public static Plan Compile(PolicyModel model, PlanOptions? options = null)
    {
        options ??= new PlanOptions();
        var readAway = new HashSet<MeasureSymbol>();
        while (true)
        {
            var context = new LoweringContext(model, readAway, options);
            var lowering = new RuleLowering(context);
            var rules = context.State.Rules.Select(lowering.Lower).ToList();
            var probes = options.Probes.Select(lowering.Lower).ToList();
            // A measure that is read away from its key's events is kept row by row, which changes what is plain: lower again.
            if (context.Measures.FoundReadAway.IsSubsetOf(readAway)) return Finish(model, context, rules) with { Probes = probes };
            readAway.UnionWith(context.Measures.FoundReadAway);
        }
    }

    private static Plan Finish(PolicyModel model, LoweringContext context, List<RulePlan> rules)
    {
        var strata = new Strata(context, rules);
        var measures = context.Measures.Finish().Select(m => m with { AfterStratum = m.IsSequential ? strata.AfterStratumOf(m) : -1 }).ToList();
        rules = [.. rules.Select(r => r with { Stratum = strata.OfRule(r.Index) })];
        rules = WithScreens(context, rules);
        var screening = new Screening(context.Nodes, r => rules[r].Screen >= 0 ? rules[r].Screen : context.Nodes.False);
        measures = [.. measures.Select(m => m with { FeedScreen = screening.Upper(m.Feed) })];
        measures = [.. measures.Select(new SharedLogs(context.Nodes, measures).Join)];
        var readers = new ReaderScreens(context, rules, measures);
        measures = [.. measures.Select(readers.Narrow)];
        context.Sequences.Screen(screening);
        List<AlignmentPlan> alignments = [.. context.Alignments.Plans.Select(a => a with
        {
            AfterStratum = strata.AfterStratumOf(a), FeedScreen = screening.Upper(a.Feed),
        })];
        (rules, var sequences) = context.Sequences.InOrderOf(InOrderOfDecisions(context, rules));
        rules = [.. rules.Select(r => r with
        {
            Measures = TargetsOf(context, r, Op.Measure), Arounds = TargetsOf(context, r, Op.Around), GroupMeasures = TargetsOf(context, r, Op.GroupMeasure),
            Alignments = TargetsOf(context, r, Op.Alignment),
        })];
        var plan = new Plan
        {
            Hash = "",
            Limits = context.Options.Limits,
            Packs = [.. model.Packs.Select(p => new PackPlan(p.Name, HashOf(p, rules)))],
            Domains = context.Schema.Domains,
            Columns = context.Schema.Columns,
            EventTypes = context.Schema.EventTypes,
            Nodes = WithColumnDomains(context),
            Measures = measures,
            Links = [.. context.Links.Plans.Select(l => l with { Ways = [.. l.Ways.Select(w => Complete(context, strata, w, rules))] })],
            Arounds = [.. context.Links.Arounds.Select(a => a with { Way = Complete(context, strata, a.Way, rules) })],
            Members = context.Links.Members,
            GroupMeasures = [.. context.GroupMeasures.Plans.Select(m => Complete(context, strata, m, rules))],
            Sequences = sequences,
            Alignments = alignments,
            Labels = [.. context.State.Labels.Select((l, i) => LowerLabel(context, rules, l, i))],
            Scores = [.. context.State.Scores.Select((s, i) =>
                new ScorePlan(i, s.Name, context.Schema.EntityDomain(s.Entity), s.Entity.Name, s.HalfLife))],
            Lists = [.. context.State.Lists.Select((l, i) => LowerList(context, l, i))],
            Responses = [.. context.Responses.Select((r, i) => LowerResponse(r, i))],
            Rules = rules,
            Cuts = [.. rules.Select(r => r.Every).Where(e => e >= Plan.ShortestCut).Distinct().Order()],
        };
        var hash = PlanHash.Of(plan);
        return plan with { Hash = hash, Rules = [.. rules.Select(r => r with { PackHash = hash })], Domains = context.Schema.Domains };
    }

    /// <summary>Lower strata first: the screen of a rule upon firings needs the screens of the rules that fire.</summary>
    private static List<RulePlan> WithScreens(LoweringContext context, List<RulePlan> rules)
    {
        var screens = new Dictionary<int, int>();
        var screening = new Screening(context.Nodes, r => screens.GetValueOrDefault(r, context.Nodes.False));
        foreach (var rule in rules.Where(r => SampleOf(context, r) >= 0).OrderBy(r => r.Stratum))
        {
            var condition = rule.Condition < 0 ? context.Nodes.True : screening.Upper(rule.Condition);
            screens[rule.Index] = context.Nodes.And([screening.Upper(SampleOf(context, rule)), condition]);
        }
        rules = [.. rules.Select(r => r with { Screen = screens.GetValueOrDefault(r.Index, -1) })];
        return [.. rules.Select(r => r.Sample < 0 ? r : r with
        {
            SampleScreen = screening.Upper(r.Sample),
            Marked = MarkedOf(context, r),
            IsExact = context.Nodes[r.Sample].IsPlain && (r.Condition < 0 || context.Nodes[r.Condition].IsPlain),
        })];
    }

    /// <summary>The node that holds for events on which the rule can fire; −1: it fires on none.</summary>
    private static int SampleOf(LoweringContext context, RulePlan rule) =>
        rule.Trigger == TriggerKind.Sequence ? context.Sequences.Plans[rule.Sequence].Steps.Last(s => !s.IsAbsent).Feed : rule.Sample;

    /// <summary>Whom a rule may overlook; the engine looks all the same where it is held, since a false sample rearms it.</summary>
    private static int MarkedOf(LoweringContext context, RulePlan rule)
    {
        if (rule.Condition < 0) return -1;
        var marked = new Marking(context.Nodes, context.Links).Of(rule.Condition);
        return rule.Trigger is TriggerKind.Each or TriggerKind.Keyed || marked == rule.Key ? marked : -1;
    }

    private static List<RulePlan> InOrderOfDecisions(LoweringContext context, List<RulePlan> rules)
    {
        var ordered = rules.OrderBy(r => r.Stratum).ThenBy(r => r.Pack, StringComparer.Ordinal).ThenBy(r => r.Name, StringComparer.Ordinal)
            .Select((r, i) => (Rule: r, Index: i)).ToList();
        var renumbered = ordered.ToDictionary(p => p.Rule.Index, p => p.Index);
        context.Nodes.Rewrite(n => n.Op == Op.Fired ? n with { Target = renumbered[n.Target] } : n);
        return [.. ordered.Select(p => p.Rule with { Index = p.Index })];
    }

    /// <summary>Fields tell the domain in which their column is interned, now that every use is known.</summary>
    private static IReadOnlyList<Node> WithColumnDomains(LoweringContext context)
    {
        var columns = context.Schema.Columns;
        context.Nodes.Rewrite(n => n.Op switch
        {
            Op.Field => n with { Domain = columns[n.Target].Domain },
            Op.FieldByType => n with { Domain = CommonDomain(n.Types.Where(c => c >= 0).Select(c => columns[c].Domain)) },
            _ => n,
        });
        return context.Nodes.Nodes;
    }

    private static int CommonDomain(IEnumerable<int> domains)
    {
        var distinct = domains.Distinct().ToArray();
        return distinct.Length == 1 ? distinct[0] : -1;
    }

    /// <summary>What the condition and texts of a rule read of a kind, by index.</summary>
    private static List<int> TargetsOf(LoweringContext context, RulePlan rule, Op op)
    {
        var found = new SortedSet<int>();
        var seen = new HashSet<int>();
        void Visit(int id)
        {
            if (id < 0 || !seen.Add(id)) return;
            if (context.Nodes[id].Op == op) found.Add(context.Nodes[id].Target);
            foreach (var input in context.Nodes[id].Inputs) Visit(input);
        }
        Visit(rule.Condition);
        foreach (var operand in rule.Operands) Visit(operand.Node);
        return [.. found];
    }

    /// <summary>Where in an event's strata a way ties, and on which rows it could.</summary>
    private static WayPlan Complete(LoweringContext context, Strata strata, WayPlan way, List<RulePlan> rules)
    {
        var screening = new Screening(context.Nodes, r => rules[r].Screen >= 0 ? rules[r].Screen : context.Nodes.False);
        var isPlain = LinkLowering.RootsOf(way).All(n => context.Nodes[n].IsPlain);
        return way with
        {
            IsSequential = !isPlain, AfterStratum = isPlain ? -1 : strata.AfterStratumOf(way), FeedScreen = screening.Upper(way.Feed),
        };
    }

    private static GroupMeasurePlan Complete(LoweringContext context, Strata strata, GroupMeasurePlan measure, List<RulePlan> rules)
    {
        var screening = new Screening(context.Nodes, r => rules[r].Screen >= 0 ? rules[r].Screen : context.Nodes.False);
        var isPlain = GroupMeasureLowering.RootsOf(measure).All(n => n < 0 || context.Nodes[n].IsPlain);
        return measure with
        {
            IsSequential = !isPlain, AfterStratum = isPlain ? -1 : strata.AfterStratumOf(measure), FeedScreen = screening.Upper(measure.Feed),
        };
    }

    private static LabelPlan LowerLabel(LoweringContext context, List<RulePlan> rules, LabelSymbol label, int index) =>
        new(index, label.Name, label.Link is { } link ? context.Links.GroupDomain(link) : context.Schema.EntityDomain(label.Entity),
            label.Link?.Name ?? label.Entity.Name,
            rules.Any(r => r.Trigger == TriggerKind.LabelRemoved && r.TriggerLabel == index) || context.Links.Counts(index));

    private static ListPlan LowerList(LoweringContext context, ListSymbol list, int index)
    {
        var kind = Schema.KindOf(list.Element);
        var domain = kind == ValueKind.Entity ? context.Schema.EntityDomain(list.Element.Entity!) : -1;
        return new(index, list.Name, kind, domain, list.IgnoringCase, [.. list.Entries.Select(ConstantText.Lower)],
            context.State.WritersOf(list).Count > 0)
        {
            Facts = [.. list.EntryFacts.Select(f => new EntryFacts(f.Source, f.Confidence, f.Expires))],
        };
    }

    private static ResponsePlan LowerResponse(ResponseSymbol response, int index) =>
        new(index, response.Name, response.Also, response.Rank, response.TargetEntity?.Name,
            [.. response.Parameters.Select(p => new ResponseParameterPlan(p.Preposition, Schema.KindOf(p.Type)))]);

    private static string HashOf(PackSymbol pack, List<RulePlan> rules)
    {
        var text = new StringBuilder(pack.Name);
        foreach (var rule in rules.Where(r => r.Pack == pack.Name)) text.Append(rule.Hash);
        return DefinitionText.Hash(text.ToString());
    }
}
