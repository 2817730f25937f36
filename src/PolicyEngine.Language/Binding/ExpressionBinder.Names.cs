using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

/// <summary>One thing that a name can mean: how to say it without doubt, and the expression it gives.</summary>
internal sealed record Meaning(string Kind, string Qualified, TextSpan Declared, Func<Expression> Build);

internal sealed partial class ExpressionBinder
{
    private Expression BindPath(PathSyntax syntax)
    {
        var path = syntax.Path;
        if (path.Parts.Count == 1 && context.Parameters.TryGetValue(path.Text, out var parameter))
            return context.Expansion?.Take(ExpressionTree.Size(parameter)) == false ? Wrong(syntax.Span) : parameter with { Span = syntax.Span };
        if (path.Parts.Count == 1 && Scope.Outer is not null && OfRecipe(path, syntax.Span) is { } given) return given;
        if (StepField(path, syntax.Span) is { } step) return step;
        var meanings = Meanings(path, syntax.Span);
        if (meanings.Count == 1) return meanings[0].Build();
        if (meanings.Count > 1) return Refuse(syntax.Span, NameErrors.AmbiguousValue(syntax.Span, path.Text, meanings));
        return QualifiedField(path, syntax.Span) ?? EntityInHand(path, syntax.Span) ?? NotFound(path, syntax.Span);
    }

    /// <summary>A parameter or measure of the recipe, which wins over other names.</summary>
    private Expression? OfRecipe(Path path, TextSpan span)
    {
        if (Scope.Renamed.TryGetValue(path.Text, out var field))
            return new ExpressionBinder(workspace, context with { Scope = Scope.Outer! }).BindPath(new PathSyntax(span, field));
        return Scope.Values.Find(path.Text) is { } symbol && symbol != context.Declaring ? Value(symbol, path, span) : null;
    }

    private List<Meaning> Meanings(Path path, TextSpan span)
    {
        var meanings = new List<Meaning>();
        var carrying = Hand.Events.Where(e => HasField(e, path)).ToList();
        if (carrying.Count > 0)
            meanings.Add(new Meaning("field", $"{carrying[0].Name}.{path.Text}", FieldSpan(carrying[0], path.Text), () => Field(path, carrying, span)));
        var key = Hand.Keys.ToList().FindIndex(k => k.Name == path.Text);
        if (key >= 0) meanings.Add(new Meaning("key", path.Text, TextSpan.None, () => new KeyRead(Hand.Keys[key].Type, span, key)));
        if (key < 0 && path.Text != "time" && KeptField(path, span) is { } kept) meanings.Add(kept);
        if (Hand.Keys.Count > 0 && path.Text == "time")
            meanings.Add(new Meaning("time", "time", TextSpan.None, () => new BuiltinRead(PolicyType.Time, span, BuiltinField.Time)));
        if (context.GapAllowed && path.Text == "gap")
            meanings.Add(new Meaning("gap", "gap", TextSpan.None, () => new GapRead(PolicyType.Duration.AsOptional(), span)));
        if (PartOfValue(path, span) is { } part) meanings.Add(part);
        foreach (var symbol in NameLookup.Candidates(Scope, path, p => p.Values).Where(s => key < 0 || s != Hand.Keys[key].Type.Link))
            if (symbol != context.Declaring || meanings.Count == 0) meanings.Add(new Meaning(Report.Kind(symbol), symbol.QualifiedName, symbol.Span, () => Value(symbol, path, span)));
        return meanings;
    }

    private bool HasField(EventSymbol on, Path path) =>
        workspace.Fields.Find(Scope, on, path.Text).Count > 0 || (path.Parts.Count == 1 && Builtin(path.Text, path.Span) is not null);

    private TextSpan FieldSpan(EventSymbol on, string name) => workspace.Fields.Find(Scope, on, name) is [var field, ..] ? field.Span : TextSpan.None;

    /// <summary>What every event has beside its declared fields.</summary>
    public static Expression? Builtin(string name, TextSpan span) => name switch
    {
        "id" => new BuiltinRead(PolicyType.Text, span, BuiltinField.Id),
        "time" => new BuiltinRead(PolicyType.Time, span, BuiltinField.Time),
        "type" => new BuiltinRead(PolicyType.Text, span, BuiltinField.Type),
        "source" => new BuiltinRead(PolicyType.Text, span, BuiltinField.Source),
        _ => null,
    };

    private Expression Field(Path path, IReadOnlyList<EventSymbol> carrying, TextSpan span)
    {
        if (carrying.Count < Hand.Events.Count)
        {
            var lacking = Hand.Events.Except(carrying).ToList();
            return Refuse(span, NameErrors.FieldNotOnAll(span, path.Text, carrying[0], lacking));
        }
        return FieldOn(path.Text, carrying, span);
    }

    /// <summary>
    /// `time` and `id` declared as fields only say where they arrive from; `type` and `source` declared as fields are fields of
    /// their own.
    /// </summary>
    private Expression FieldOn(string name, IReadOnlyList<EventSymbol> events, TextSpan span)
    {
        var byEvent = new Dictionary<EventSymbol, FieldSymbol>();
        foreach (var on in events)
        {
            var found = workspace.Fields.Find(Scope, on, name);
            if (found.Count > 1) return Refuse(span, NameErrors.FieldExtendedTwice(span, name, found));
            if (found.Count == 1) byEvent[on] = found[0];
        }
        if (name is "time" or "id" || byEvent.Count == 0) return Builtin(name, span)!;
        if (byEvent.Count < events.Count)
            return Refuse(span, NameErrors.FieldNotOnAll(span, name, byEvent.Keys.First(), [.. events.Where(e => !byEvent.ContainsKey(e))]));
        var types = byEvent.ToDictionary(p => p.Key, p => workspace.Fields.TypeOf(p.Value));
        if (types.Values.Any(t => t.Kind == TypeKind.Error)) return Wrong(span);
        var first = types[events[0]];
        var other = events.FirstOrDefault(e => !Conversions.Same(types[e], first));
        if (other is not null) return Refuse(span, NameErrors.FieldTypesDiffer(span, name, (events[0], first), (other, types[other])));
        var type = types.Values.Any(t => t.Optional) ? first.AsOptional() : first;
        return new FieldRead(type, span, name, byEvent);
    }

    /// <summary>`exchange.count`: the field, said so that no measure can be meant.</summary>
    private Expression? QualifiedField(Path path, TextSpan span)
    {
        for (var split = 1; split < Math.Min(3, path.Parts.Count); split++)
        {
            var prefix = Prefix(path, split);
            var sources = NameLookup.Candidates(Scope, prefix, p => p.Sources);
            if (sources.Count != 1) continue;
            workspace.Sources.Ensure(sources[0]);
            if (workspace.Broken.Contains(sources[0]) || Hand.IsUnknown) return Wrong(span);
            if (Hand.Events.Count == 0 || Hand.Events.Except(sources[0].Underlying).Any())
                return Refuse(span, EventNotInHand(span, prefix.Text, sources[0]));
            return FieldOf(Rest(path, split), prefix.Text, span);
        }
        return null;
    }

    private Diagnostics.Diagnostic EventNotInHand(TextSpan span, string name, EventSource source) =>
        Hand.Before.FirstOrDefault(s => s.Sources.Contains(source)) is { } step
            ? SequenceErrors.StepByOtherName(span, name, step)
            : NameErrors.EventNotInHand(span, name, Hand.Events);

    /// <summary>The name of an entity stands for the key of that entity, or for the only field of it.</summary>
    private Expression? EntityInHand(Path path, TextSpan span)
    {
        if (NameLookup.Candidates(Scope, path, p => p.Entities) is not [{ } entity]) return null;
        if (Hand.Member == entity) return workspace.Keys.OfEntity(Scope, entity, Hand, span).Expression;
        var keys = Hand.Keys.Select((k, i) => (k, i)).Where(p => p.k.Type.Entity == entity).ToList();
        if (keys.Count == 1) return new KeyRead(keys[0].k.Type, span, keys[0].i);
        if (Hand.Kept is { } kept)
            return KeyBinder.OnlyField(Scope, entity, workspace.HandOf(kept.Sources), path.Text, span) is { } read ? OfStep(kept, _ => read) : null;
        return KeyBinder.OnlyField(Scope, entity, Hand, path.Text, span);
    }

    private Expression Value(Symbol symbol, Path path, TextSpan span)
    {
        if (workspace.Broken.Contains(symbol)) return Wrong(span);
        switch (symbol)
        {
            case LetSymbol let:
                return workspace.Lets.ValueOf(let) is { } value ? value with { Span = span } : Wrong(span);
            case ListSymbol list:
                return new ListRead(new PolicyType(TypeKind.List, Element: list.Element), span, list);
            case MeasureSymbol measure:
                return ReadMeasure(measure, span);
            case ScoreSymbol score:
                return ReadScore(score, span);
            case LinkSymbol link:
                return workspace.Groups.Read(Scope, link, Hand, span) ?? Wrong(span);
            default:
                return Refuse(span, NameErrors.DefineWithoutArguments(span, path.Text));
        }
    }

    private Expression ReadMeasure(MeasureSymbol measure, TextSpan span)
    {
        workspace.Measures.Ensure(measure);
        if (workspace.Broken.Contains(measure) || Hand.IsUnknown) return Wrong(span);
        var (scope, syntax) = workspace.Declarations[measure];
        var keys = new List<Expression>();
        foreach (var (key, part) in MeasureBinder.KeysOf((MeasureStatement)syntax, measure).Zip(measure.Keys))
        {
            var result = Hand.Member is { } member && part.Type.Entity == member
                ? workspace.Keys.OfEntity(scope, member, Hand, span)
                : workspace.Keys.InHand(scope, key, Hand, span);
            if (result.Expression is null || !Conversions.Same(result.Expression.Type, part.Type))
                return Refuse(span, EventErrors.KeyNotInHand(span, measure.Name, measure.Keys, part.Text, result, Hand).Beside(measure.Span, "declared here"));
            keys.Add(result.Expression);
        }
        return MeasureOf(measure, keys, span, isExplicit: false);
    }

    private static MeasureRead MeasureOf(MeasureSymbol measure, IReadOnlyList<Expression> keys, TextSpan span, bool isExplicit)
    {
        // Reading under a missing key gives missing (D1).
        var type = keys.Any(k => k.Type.Optional) ? measure.Type.AsOptional() : measure.Type;
        return new MeasureRead(type, span, measure, keys, isExplicit);
    }

    private Expression ReadScore(ScoreSymbol score, TextSpan span)
    {
        if (Hand.IsUnknown) return Wrong(span);
        var result = workspace.Keys.OfEntity(workspace.Declarations[score].Scope, score.Entity, Hand, span);
        if (result.Expression?.Type.Entity != score.Entity)
            return Refuse(span, EventErrors.ScoreNotInHand(span, score, result, Hand).Beside(score.Span, "declared here"));
        return ScoreOf(score, result.Expression!, span);
    }

    private static ScoreRead ScoreOf(ScoreSymbol score, Expression entity, TextSpan span) =>
        new(entity.Type.Optional ? PolicyType.Number.AsOptional() : PolicyType.Number, span, score, entity);

    private Expression NotFound(Path path, TextSpan span)
    {
        var values = Scope.Visible.SelectMany(p => p.Values.All).ToList();
        if (Hand.IsUnknown || Scope.MayHaveMeant(path.Parts[0].Text)) return Wrong(span);
        if (UnknownPart(path, span) is { } part) return Refuse(span, part);
        if (path.Text == "gap") return Refuse(span, NameErrors.GapOutsideMeasure(span));
        if (Named(path.Parts[0].Text) is not null) return Refuse(span, SequenceErrors.StepIsNoValue(span, path.Text));
        var elsewhere = workspace.Packs.FirstOrDefault(p => !Scope.Sees(p.Pack) && p.Values.Find(path.Text) is not null);
        if (elsewhere is not null) return Refuse(span, NameErrors.InUnusedPack(span, "measure or list", path.Text, elsewhere.Pack.Name));
        var known = new List<string>(values.Select(v => v.Name));
        known.AddRange(Hand.Events.SelectMany(e => FieldBinder.All(Scope, e)).Select(f => f.Name));
        known.AddRange(Hand.Keys.Select(k => k.Name));
        known.AddRange(Hand.Kept is null ? [] : workspace.HandOf(Hand.Kept.Sources).Events.SelectMany(e => FieldBinder.All(Scope, e)).Select(f => f.Name));
        known.AddRange(context.Parameters.Keys);
        return Refuse(span, NameErrors.UnknownValue(span, path, Hand, known, name => values.FirstOrDefault(v => v.Name == name), FieldElsewhere(path.Text)));
    }

    /// <summary>Events that have such a field but are not in hand.</summary>
    private IReadOnlyList<string> FieldElsewhere(string name) =>
        [.. Scope.Visible.SelectMany(p => p.Sources.All).OfType<EventSymbol>().Where(e => workspace.Fields.Find(Scope, e, name).Count > 0).Select(e => e.Name)];
}
