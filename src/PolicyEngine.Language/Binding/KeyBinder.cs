using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

internal enum KeyProblem { None, NoField, SeveralFields, Reported }

/// <summary>What a key means on one event: the expression that gives it, or why there is none.</summary>
internal sealed record KeyResult(Expression? Expression, KeyProblem Problem, IReadOnlyList<FieldSymbol> Fields);

/// <summary>Keys: `per account` means the field of that name, or the only field of that entity; `per f(x)` a call on fields.</summary>
internal sealed class KeyBinder(Workspace workspace)
{
    /// <summary>The parts of a declared key over the events in hand; null after an error.</summary>
    public IReadOnlyList<KeyPart>? Declare(PackScope scope, IReadOnlyList<KeySyntax> keys, Hand hand, bool groups = true)
    {
        keys = [.. keys.Select(k => Renamed(scope, k))];
        if (hand.IsUnknown || !GroupsFit(scope, keys, groups)) return null;
        var parts = keys.Select(key => Part(scope, key, hand)).ToList();
        foreach (var twice in keys.GroupBy(Text).Where(g => g.Count() > 1)) workspace.Add(EventErrors.KeyTwice(twice.Last().Span, twice.Key));
        return parts.Any(p => p is null) ? null : [.. parts.OfType<KeyPart>()];
    }

    /// <summary>In a rule made from a recipe, a parameter stands for the field that was given.</summary>
    private static KeySyntax Renamed(PackScope scope, KeySyntax key) =>
        key.Arguments is null && scope.Renamed.TryGetValue(key.Path.Text, out var field) ? key with { Path = field } : key;

    private bool GroupsFit(PackScope scope, IReadOnlyList<KeySyntax> keys, bool allowed)
    {
        var key = keys.FirstOrDefault(k => k.Arguments is null && GroupBinder.Named(scope, k.Path) is not null);
        if (key is null || (allowed && keys.Count == 1)) return true;
        workspace.Add(allowed ? LinkErrors.KeyBesideGroup(key.Span, key.Path.Text) : LinkErrors.GroupIsNoKey(key.Span, key.Path.Text));
        return false;
    }

    public static string Text(KeySyntax key) =>
        key.Arguments is null ? key.Path.Text : string.Join(' ', key.Span.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The key as the events in hand give it, for reading something that is kept per this key.</summary>
    public KeyResult InHand(PackScope scope, KeySyntax key, Hand hand, TextSpan span)
    {
        key = Renamed(scope, key);
        if (key.Arguments is null && GroupBinder.Named(scope, key.Path) is { } link) return workspace.Groups.InHand(scope, link, hand, span);
        if (hand.Events.Count == 0 && InKeyHand(scope, key, hand, span) is { } inKey && (inKey.Expression is not null || hand.Kept is null)) return inKey;
        if (key.Arguments is not null) return workspace.Bag.Silently(() => Call(scope, key, hand, span));
        return hand.Kept is { } kept ? OnStep(scope, key, kept, span) : OnEvents(scope, key, hand, span);
    }

    /// <summary>After the deadline of an absence: the key as the event gave it that nothing followed.</summary>
    private KeyResult OnStep(PackScope scope, KeySyntax key, HandStep step, TextSpan span)
    {
        var result = OnEvents(scope, key, workspace.HandOf(step.Sources), span);
        return result.Expression is { } read ? result with { Expression = new StepRead(read.Type, span, step.Index, read) } : result;
    }

    private KeyResult OnEvents(PackScope scope, KeySyntax key, Hand hand, TextSpan span)
    {
        var byEvent = new Dictionary<EventSymbol, FieldSymbol>();
        Expression? builtin = null;
        foreach (var on in hand.Events)
        {
            var result = OnEvent(scope, key, on, span);
            if (result.Expression is null) return result;
            if (result.Expression is FieldRead read) byEvent[on] = read.ByEvent[on];
            else builtin = result.Expression;
        }
        if (builtin is not null) return new(builtin, KeyProblem.None, []);
        var types = byEvent.Values.Select(workspace.Fields.TypeOf).ToList();
        var type = types.Any(t => t.Optional) ? types[0].AsOptional() : types[0];
        return new(new FieldRead(type, span, key.Path.Text, byEvent), KeyProblem.None, []);
    }

    /// <summary>The entity in hand: the member, a key of that entity, the field that bears its name, or the only one of it.</summary>
    public KeyResult OfEntity(PackScope scope, EntitySymbol entity, Hand hand, TextSpan span)
    {
        if (hand.Member == entity) return new(new MemberRead(TypeOf(entity), span), KeyProblem.None, []);
        var keys = hand.Keys.Select((k, i) => (k, i)).Where(p => p.k.Type.Entity == entity).ToList();
        var key = keys.FindIndex(p => keys.Count == 1 || p.k.Name == entity.Name);
        if (key >= 0) return new(new KeyRead(keys[key].k.Type, span, keys[key].i), KeyProblem.None, []);
        var events = hand.Kept is { } kept ? workspace.HandOf(kept.Sources).Events : hand.Events;
        var byEvent = new Dictionary<EventSymbol, FieldSymbol>();
        foreach (var on in events)
        {
            var fields = FieldsOf(scope, on, entity);
            var field = fields.FirstOrDefault(f => f.Name == entity.Name) ?? (fields.Count == 1 ? fields[0] : null);
            if (field is null) return new(null, fields.Count == 0 ? KeyProblem.NoField : KeyProblem.SeveralFields, fields);
            byEvent[on] = field;
        }
        if (byEvent.Count == 0) return new(null, KeyProblem.NoField, []);
        var type = byEvent.Values.Any(f => f.Type.Optional) ? TypeOf(entity).AsOptional() : TypeOf(entity);
        var read = new FieldRead(type, span, entity.Name, byEvent);
        return new(hand.Kept is { } step ? new StepRead(type, span, step.Index, read) : read, KeyProblem.None, []);
    }

    private static PolicyType TypeOf(EntitySymbol entity) => new(TypeKind.Entity, Entity: entity);

    /// <summary>The only field of an entity on each event in hand; used where a rule names the entity itself.</summary>
    public static Expression? OnlyField(PackScope scope, EntitySymbol entity, Hand hand, string name, TextSpan span)
    {
        var byEvent = new Dictionary<EventSymbol, FieldSymbol>();
        foreach (var on in hand.Events)
        {
            var fields = FieldsOf(scope, on, entity);
            if (fields.Count != 1) return null;
            byEvent[on] = fields[0];
        }
        if (byEvent.Count == 0) return null;
        var optional = byEvent.Values.Any(f => f.Type.Optional);
        return new FieldRead(new PolicyType(TypeKind.Entity, optional, entity), span, name, byEvent);
    }

    private KeyPart? Part(PackScope scope, KeySyntax key, Hand hand)
    {
        if (key.Arguments is null && GroupBinder.Named(scope, key.Path) is { } link) return Group(scope, key, link, hand);
        var byEvent = new Dictionary<EventSymbol, Expression>();
        PolicyType? type = null;
        foreach (var on in hand.Events)
        {
            var result = OnEvent(scope, key, on, key.Span);
            if (result.Problem != KeyProblem.None) return Refuse(scope, key, on, result);
            var found = result.Expression!.Type.AsPresent();
            if (found.Kind == TypeKind.Error) return null;
            if (found.Kind == TypeKind.List) return Refuse(EventErrors.KeyIsList(key.Span, Text(key)));
            if (type is not null && type != found) return Refuse(EventErrors.KeyTypesDiffer(key.Span, Text(key), type, found, on.Name));
            (type, byEvent[on]) = (found, result.Expression);
        }
        return new KeyPart(Text(key), type!, byEvent);
    }

    private KeyPart? Group(PackScope scope, KeySyntax key, LinkSymbol link, Hand hand)
    {
        var field = hand.Events.SelectMany(e => workspace.Fields.Find(scope, e, key.Path.Text)).FirstOrDefault();
        return field is null ? workspace.Groups.Key(scope, link, hand, key.Span) : Refuse(LinkErrors.LinkOrField(key.Span, link, field));
    }

    private KeyResult OnEvent(PackScope scope, KeySyntax key, EventSymbol on, TextSpan span)
    {
        if (key.Arguments is not null) return Call(scope, key, Hand.OfEvents([on]), span);
        var named = workspace.Fields.Find(scope, on, key.Path.Text);
        if (named.Count == 1)
        {
            var read = new FieldRead(workspace.Fields.TypeOf(named[0]), span, key.Path.Text, new Dictionary<EventSymbol, FieldSymbol> { [on] = named[0] });
            return new(read, KeyProblem.None, []);
        }
        if (named.Count > 1) return new(null, KeyProblem.SeveralFields, named);
        var entities = NameLookup.Candidates(scope, key.Path, p => p.Entities);
        if (entities.Count == 1)
        {
            var fields = FieldsOf(scope, on, entities[0]);
            if (fields.Count != 1) return new(null, fields.Count == 0 ? KeyProblem.NoField : KeyProblem.SeveralFields, fields);
            var only = new FieldRead(fields[0].Type, span, key.Path.Text, new Dictionary<EventSymbol, FieldSymbol> { [on] = fields[0] });
            return new(only, KeyProblem.None, []);
        }
        var builtin = key.Path.Parts.Count == 1 ? ExpressionBinder.Builtin(key.Path.Text, span) : null;
        return builtin is null ? new(null, KeyProblem.NoField, []) : new(builtin, KeyProblem.None, []);
    }

    private KeyResult Call(PackScope scope, KeySyntax key, Hand hand, TextSpan span)
    {
        if (key.Path.Parts is not [{ } name] || !FunctionTable.ByName.ContainsKey(name.Text))
        {
            workspace.Add(EventErrors.KeyCallsNoFunction(key.Span, key.Path.Text, FunctionTable.ByName.Keys));
            return new(null, KeyProblem.Reported, []);
        }
        var call = new CallSyntax(key.Span, key.Path, key.Arguments!);
        var bound = new ExpressionBinder(workspace, new ExpressionContext(scope, hand)).Bind(call);
        return bound.Type.Kind == TypeKind.Error
            ? new(null, KeyProblem.Reported, [])
            : new(bound with { Span = span }, KeyProblem.None, []);
    }

    private static KeyResult InKeyHand(PackScope scope, KeySyntax key, Hand hand, TextSpan span)
    {
        var index = hand.Keys.ToList().FindIndex(k => k.Name == Text(key));
        if (index < 0 && NameLookup.Candidates(scope, key.Path, p => p.Entities) is [{ } entity])
        {
            var matches = hand.Keys.Select((k, i) => (k, i)).Where(p => p.k.Type.Entity == entity).ToList();
            index = matches.Count == 1 ? matches[0].i : -1;
        }
        return index < 0 ? new(null, KeyProblem.NoField, []) : new(new KeyRead(hand.Keys[index].Type, span, index), KeyProblem.None, []);
    }

    private static IReadOnlyList<FieldSymbol> FieldsOf(PackScope scope, EventSymbol on, EntitySymbol entity) =>
        [.. FieldBinder.All(scope, on).Where(f => f.Type.Kind == TypeKind.Entity && f.Type.Entity == entity)];

    private KeyPart? Refuse(PackScope scope, KeySyntax key, EventSymbol on, KeyResult result)
    {
        var isEntity = NameLookup.Candidates(scope, key.Path, p => p.Entities).Count == 1;
        return result.Problem switch
        {
            KeyProblem.SeveralFields => Refuse(EventErrors.KeyHasSeveralFields(key.Span, key.Path.Text, on.Name, result.Fields)),
            KeyProblem.NoField when isEntity => Refuse(EventErrors.KeyHasNoEntityField(key.Span, key.Path.Text, on.Name).Beside(on.Span, "declared here")),
            KeyProblem.NoField => Refuse(EventErrors.KeyIsNoField(key.Span, key.Path, on.Name,
                [.. FieldBinder.All(scope, on).Select(f => f.Name)])),
            _ => null,
        };
    }

    private KeyPart? Refuse(Diagnostics.Diagnostic diagnostic)
    {
        workspace.Add(diagnostic);
        return null;
    }
}
