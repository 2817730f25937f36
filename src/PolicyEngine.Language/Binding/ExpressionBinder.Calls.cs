using System.Text.RegularExpressions;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

internal sealed partial class ExpressionBinder
{
    private Expression Call(CallSyntax syntax)
    {
        var name = syntax.Function;
        if (name.Parts is [{ } single] && FunctionTable.ByName.TryGetValue(single.Text, out var signature)) return CallFunction(syntax, signature);
        var found = NameLookup.Candidates(Scope, name, p => p.Values);
        if (found.Count > 1) return Refuse(syntax.Span, NameErrors.Ambiguous(name.Span, name.Text, found));
        switch (found is [var first] ? first : null)
        {
            case DefineSymbol define:
                return CallDefine(syntax, define);
            case MeasureSymbol measure:
                return CallMeasure(syntax, measure);
            case ScoreSymbol score:
                return CallScore(syntax, score);
            case LinkSymbol link:
                return CallLink(syntax, link);
            case { } other:
                return Refuse(syntax.Span, NameErrors.NotCallable(name.Span, name.Text, Report.Kind(other)).Beside(other.Span, "declared here"));
        }
        foreach (var argument in syntax.Arguments) Bind(argument);
        if (Scope.MayHaveMeant(name.Parts[0].Text)) return Wrong(syntax.Span);
        var known = FunctionTable.ByName.Keys.Concat(Scope.Visible.SelectMany(p => p.Values.All)
            .Where(v => v is DefineSymbol or MeasureSymbol or ScoreSymbol).Select(v => v.Name));
        return Refuse(syntax.Span, NameErrors.UnknownFunction(name.Span, name.Text, name.Parts[^1], [.. known]));
    }

    private Expression CallMeasure(CallSyntax syntax, MeasureSymbol measure)
    {
        workspace.Measures.Ensure(measure);
        var arguments = syntax.Arguments.Select(Bind).ToList();
        if (workspace.Broken.Contains(measure) || arguments.Any(a => a.Type.Kind == TypeKind.Error)) return Wrong(syntax.Span);
        if (arguments.Count != measure.Keys.Count)
            return Refuse(syntax.Span, TypeErrors.KeyCount(syntax.Span, measure, arguments.Count).Beside(measure.Span, "declared here"));
        var keys = new List<Expression>();
        foreach (var (argument, part) in arguments.Zip(measure.Keys))
        {
            if (Conversions.To(argument, part.Type) is not { } key)
                return Refuse(syntax.Span, TypeErrors.Argument(argument.Span, measure.Name, part.Text, Report.Describe(part.Type), argument.Type));
            keys.Add(key);
        }
        return MeasureOf(measure, keys, syntax.Span, isExplicit: true);
    }

    private Expression CallScore(CallSyntax syntax, ScoreSymbol score)
    {
        var arguments = syntax.Arguments.Select(Bind).ToList();
        if (arguments.Any(a => a.Type.Kind == TypeKind.Error)) return Wrong(syntax.Span);
        var type = new PolicyType(TypeKind.Entity, Entity: score.Entity);
        if (arguments.Count != 1) return Refuse(syntax.Span, TypeErrors.ArgumentCount(syntax.Span, score.Name, "1 argument", arguments.Count));
        if (Conversions.To(arguments[0], type) is not { } entity)
            return Refuse(syntax.Span, TypeErrors.Argument(arguments[0].Span, score.Name, score.Entity.Name, Report.Describe(type), arguments[0].Type));
        return ScoreOf(score, entity, syntax.Span);
    }

    private Expression CallFunction(CallSyntax syntax, Signature signature)
    {
        var arguments = syntax.Arguments.Select(Bind).ToList();
        var most = signature.Takes.Length;
        if (arguments.Count < most - signature.Optional || (arguments.Count > most && !signature.Many))
            return Refuse(syntax.Span, TypeErrors.FunctionCount(syntax.Span, signature.Shape, arguments.Count));
        if (arguments.Any(a => a.Type.Kind == TypeKind.Error)) return Wrong(syntax.Span);
        for (var i = 0; i < arguments.Count; i++)
        {
            var takes = signature.Takes[Math.Min(i, most - 1)];
            if (Refusal(takes, arguments[i], signature) is { } refusal) return Refuse(syntax.Span, refusal);
        }
        if (signature.Takes[0] is Takes.Same or Takes.SameOrdered && Unify(syntax, signature, arguments) is { } differing) return differing;
        return new CallExpression(ResultOf(signature.Function, arguments), syntax.Span, signature.Function, arguments);
    }

    private Expression? Unify(CallSyntax syntax, Signature signature, List<Expression> arguments)
    {
        var common = arguments.Select(a => a.Type.AsPresent()).FirstOrDefault(t => arguments.All(a => Conversions.To(a, t) is not null));
        if (common is null)
        {
            var odd = arguments.First(a => Conversions.To(a, arguments[0].Type) is null);
            return Refuse(syntax.Span, TypeErrors.ArgumentsDiffer(odd.Span, signature.Shape, arguments[0].Type, odd.Type));
        }
        for (var i = 0; i < arguments.Count; i++) arguments[i] = Conversions.To(arguments[i], common)!;
        return null;
    }

    private static Diagnostics.Diagnostic? Refusal(Takes takes, Expression argument, Signature signature)
    {
        var (fits, wanted) = takes switch
        {
            Takes.Text => (argument.Type.Kind == TypeKind.Text && !IsPattern(argument), "text"),
            Takes.Ip => (argument.Type.Kind == TypeKind.Ip, "an address"),
            Takes.Time => (argument.Type.Kind == TypeKind.Time, "a moment in time"),
            Takes.Number => (argument.Type.IsNumeric, "a number"),
            Takes.Amount => (argument.Type.IsNumeric || argument.Type.Kind == TypeKind.Duration, "a number or a duration"),
            Takes.Measurable => (argument.Type.Kind is TypeKind.Text or TypeKind.List or TypeKind.Entity, "text or a list"),
            Takes.ConstantDuration => (argument is LiteralExpression { Type.Kind: TypeKind.Duration, Value: > 0L }, "a duration written out, such as `1d`"),
            Takes.ConstantInteger => (argument is LiteralExpression { Type.Kind: TypeKind.Integer }, "a whole number written out"),
            Takes.Pattern => (IsPattern(argument), "a pattern, such as `'\\d+'`"),
            Takes.Zone => (argument is LiteralExpression { Value: string zone } && ZonePattern().IsMatch(zone), "a fixed offset, such as `\"+09:00\"`"),
            Takes.SameOrdered => (IsOrdered(argument.Type), "numbers, durations, times or rates"),
            _ => (argument.Type.Kind is not (TypeKind.List or TypeKind.Group), "values of one type"),
        };
        if (!fits) return TypeErrors.FunctionArgument(argument.Span, signature.Shape, wanted, argument.Type);
        if (takes == Takes.Pattern) return Patterns.Check((LiteralExpression)argument);
        return signature.Function switch
        {
            Function.Subnet when takes == Takes.ConstantInteger && argument is LiteralExpression { Value: < 0L or > 128L } => TypeErrors.OutOfRange(argument.Span, "a prefix has 0 to 128 bits"),
            Function.Ngrams when takes == Takes.ConstantInteger && argument is LiteralExpression { Value: < 1L or > 100L } => TypeErrors.OutOfRange(argument.Span, "`ngrams` takes 1 to 100 letters"),
            _ => null,
        };
    }

    private static bool IsPattern(Expression expression) => expression is LiteralExpression { IsPattern: true };

    private static PolicyType ResultOf(Function function, List<Expression> arguments)
    {
        var optional = function == Function.FirstPresent ? arguments.All(a => a.Type.Optional) : arguments.Any(a => a.Type.Optional);
        var type = function switch
        {
            Function.Normalise or Function.Template => PolicyType.Text,
            Function.DomainOf => PolicyType.Text.AsOptional(),
            Function.Similarity => PolicyType.Share,
            Function.NumberOf => PolicyType.Number.AsOptional(),
            Function.IpOf => PolicyType.Ip.AsOptional(),
            Function.Words or Function.Ngrams or Function.DomainsIn => new PolicyType(TypeKind.List, Element: PolicyType.Text),
            Function.Length or Function.Occurrences or Function.HourOf or Function.WeekdayOf => PolicyType.Integer,
            Function.Slot => PolicyType.Integer,
            Function.Subnet => PolicyType.Cidr,
            Function.Distance => PolicyType.Number,
            Function.Round => arguments[0].Type.Kind == TypeKind.Integer ? PolicyType.Integer : PolicyType.Number,
            _ => Widest(arguments),
        };
        return optional ? type.AsOptional() : type;
    }

    private static PolicyType Widest(List<Expression> arguments) =>
        arguments.Select(a => a.Type.AsPresent()).Aggregate((a, b) => a.IsNumeric && a != b ? PolicyType.Number : a);

    private Expression CallDefine(CallSyntax syntax, DefineSymbol define)
    {
        var arguments = syntax.Arguments.Select(Bind).ToList();
        if (workspace.Broken.Contains(define)) return Wrong(syntax.Span);
        var (scope, declared) = workspace.Declarations[define];
        if (arguments.Count != define.Parameters.Count)
            return Refuse(syntax.Span, TypeErrors.ArgumentCount(syntax.Span, define.Name, $"{define.Parameters.Count} arguments", arguments.Count).Beside(define.Span, "declared here"));
        if (arguments.Any(a => a.Type.Kind == TypeKind.Error)) return Wrong(syntax.Span);
        if (context.Defines.Contains(define)) return CircleOfDefines(syntax, [.. context.Defines.SkipWhile(d => d != define)]);
        var bound = new Dictionary<string, Expression>(StringComparer.Ordinal);
        foreach (var ((name, type), argument) in define.Parameters.Zip(arguments))
        {
            if (Conversions.To(argument, type) is not { } value)
                return Refuse(syntax.Span, TypeErrors.Argument(argument.Span, define.Name, name, Report.Describe(type), argument.Type));
            bound[name] = value;
        }
        var expansion = context.Expansion ?? new Expansion(workspace.Options.MaximumExpansion);
        var inner = new ExpressionContext(scope, Hand.Nothing) { Parameters = bound, Defines = [.. context.Defines, define], Expansion = expansion };
        // Errors of the body are those of the define itself, where they are reported once.
        var expanded = workspace.Bag.Silently(() => new ExpressionBinder(workspace, inner).Bind(((DefineStatement)declared).Body));
        return expansion.IsExhausted && context.Expansion is null
            ? Refuse(syntax.Span, LimitErrors.ExpansionTooLarge(syntax.Span, define.Name, workspace.Options.MaximumExpansion))
            : expanded;
    }

    private LiteralExpression CircleOfDefines(CallSyntax syntax, IReadOnlyList<DefineSymbol> circle)
    {
        // The circle is met inside silent expansions as well; marking its members keeps it from being told again.
        foreach (var define in circle) workspace.Broken.Add(define);
        workspace.Bag.AddAlways(CircleErrors.DefineCallsItself(syntax.Span, circle));
        return Wrong(syntax.Span);
    }

    [GeneratedRegex(@"^(Z|[+-](0\d|1[0-4]):[0-5]\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex ZonePattern();
}
