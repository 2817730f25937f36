using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PolicyEngine.Compiler.Lowering;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Planning;

/// <summary>
/// The resolved definition of a measure or rule as canonical text, for its hash (J5): names of events and fields with types,
/// constants written in, lists by name. Names of measures, comments and list contents do not enter.
/// </summary>
internal sealed partial class DefinitionText
{
    /// <summary>Raise when a text function gives other results than before: measures over it must start anew.</summary>
    private const int FunctionsVersion = 1;

    private readonly StringBuilder _text = new();

    public static string HashOf(MeasureSymbol measure, View view)
    {
        var text = new DefinitionText();
        text._text.Append(CultureInfo.InvariantCulture, $"measure v{FunctionsVersion} {view} ");
        text.Measure(measure);
        return Hash(text._text.ToString());
    }

    public static string HashOf(RuleSymbol rule, Stage stage, int holdout)
    {
        var text = new DefinitionText();
        text.Rule(rule);
        text._text.Append(CultureInfo.InvariantCulture, $"{stage} {rule.Metadata.SampledShare} {holdout}");
        return Hash(text._text.ToString());
    }

    public static string HashOf(LinkSymbol link, View view)
    {
        var text = new DefinitionText();
        text._text.Append(CultureInfo.InvariantCulture, $"link v{FunctionsVersion} {view} ");
        text.Link(link);
        return Hash(text._text.ToString());
    }

    /// <summary>What ties members to the values of a measure around values; not what it asks of them.</summary>
    public static string HashOfEdges(MeasureSymbol measure, View view)
    {
        var text = new DefinitionText();
        text._text.Append(CultureInfo.InvariantCulture, $"around v{FunctionsVersion} {view} ");
        text.Edges(measure);
        return Hash(text._text.ToString());
    }

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private void Measure(MeasureSymbol measure)
    {
        Open($"measure {measure.Aggregate} {measure.Percentile.ToString("R", CultureInfo.InvariantCulture)}");
        if (measure.OverLink is { } link) Link(link);
        if (measure.Around is not null) Edges(measure);
        foreach (var source in measure.Sources) Source(source);
        Optional("where", measure.Where);
        Optional("amount", measure.Amount);
        foreach (var key in measure.Keys) ByEvent("key", key.ByEvent);
        Open($"window {measure.Window.Kind} {measure.Window.Length} {measure.Window.Step} {measure.Window.Ending}");
        Close();
        Close();
    }

    private void Rule(RuleSymbol rule)
    {
        Open($"rule {rule.QualifiedName} {rule.Formerly} {rule.Once} {rule.FailClosed} {rule.Metadata.Severity}");
        Trigger(rule.Trigger);
        foreach (var part in rule.When) Write(part.Condition);
        foreach (var exception in rule.Exceptions)
        {
            Open($"except {exception.Until} {exception.Because}");
            Write(exception.When);
            Close();
        }
        Optional("rearm", rule.Rearm);
        foreach (var action in rule.Actions) Action(action);
        foreach (var part in rule.Because?.Parts ?? [])
        {
            Open($"because {part.Text}");
            if (part.Hole is { } hole) Write(hole);
            Close();
        }
        Close();
    }

    private void Trigger(Trigger trigger)
    {
        Open(trigger.GetType().Name);
        switch (trigger)
        {
            case EachTrigger t:
                foreach (var source in t.Sources) Source(source);
                break;
            case KeyedTrigger t:
                foreach (var source in t.Sources) Source(source);
                foreach (var key in t.Keys) _text.Append(key.Text).Append(' ');
                break;
            case EveryTrigger t:
                _text.Append(t.Every).Append(' ');
                foreach (var key in t.Keys) _text.Append(key.Text).Append(' ');
                break;
            case JoinTrigger t:
                Link(t.Link);
                break;
            case LabelTrigger t:
                _text.Append(t.Label.Name).Append(' ').Append(t.Added);
                break;
            case SequenceTrigger or AbsenceTrigger:
                Steps(trigger);
                break;
        }
        Close();
    }

    private void Action(RuleAction action)
    {
        Open($"action {action.Limit} {action.LimitSpan} {action.After} {action.AfterTo} {action.Act.GetType().Name}");
        switch (action.Act)
        {
            case LabelAct a:
                Write(a.Target);
                _text.Append(CultureInfo.InvariantCulture, $"{a.Label.Name} {a.For}");
                break;
            case UnlabelAct a:
                Write(a.Target);
                _text.Append(a.Label.Name);
                break;
            case AddScoreAct a:
                Write(a.Points);
                Write(a.Target);
                _text.Append(a.Score.Name);
                break;
            case AddEntryAct a:
                Write(a.Value);
                _text.Append(CultureInfo.InvariantCulture, $"{a.List.Name} {a.For}");
                break;
            case OpenCaseAct a:
                Write(a.Target);
                break;
            case RemoveEntryAct a:
                Write(a.Value);
                _text.Append(a.List.Name);
                break;
            case ResponseAct a:
                _text.Append(a.Response.Name).Append(' ');
                if (a.Target is { } target) Write(target);
                foreach (var (parameter, argument) in a.Response.Parameters.Zip(a.Arguments))
                {
                    if (argument is null) continue;
                    _text.Append(parameter.Preposition).Append(' ');
                    Write(argument);
                }
                break;
        }
        Close();
    }

    private void Source(EventSource source)
    {
        switch (source)
        {
            case EventSymbol e:
                _text.Append("(event ").Append(e.OutsideName).Append(')');
                break;
            case NamedEventSymbol e:
                Open("named");
                foreach (var part in e.Sources) Source(part);
                Optional("where", e.Where);
                Close();
                break;
            default:
                _text.Append("(firing ").Append(source.QualifiedName).Append(')');
                break;
        }
    }

    private void Write(Expression expression)
    {
        Open(expression.GetType().Name);
        switch (expression)
        {
            case LiteralExpression e:
                ConstantText.Write(_text, ConstantText.Lower(e));
                break;
            case FieldRead e:
                foreach (var (symbol, field) in e.ByEvent.OrderBy(p => p.Key.QualifiedName, StringComparer.Ordinal)) Field(symbol, field);
                break;
            case BuiltinRead e:
                _text.Append(e.Field);
                break;
            case KeyRead e:
                _text.Append(e.Index);
                break;
            case GroupRead e:
                Link(e.Link);
                break;
            case GroupPropertyRead e:
                _text.Append(e.Property);
                break;
            case AlignmentRead e:
                _text.Append(e.Part);
                break;
            case StepRead e:
                _text.Append(CultureInfo.InvariantCulture, $"{e.Step} ");
                Write(e.Read);
                break;
            case MeasureRead e:
                Measure(e.Measure);
                break;
            case ScoreRead e:
                _text.Append(CultureInfo.InvariantCulture, $"{e.Score.Name} {e.Score.HalfLife}");
                break;
            case ListRead e:
                _text.Append(CultureInfo.InvariantCulture, $"{e.List.Name} {e.List.IgnoringCase}");
                break;
            case AtLeastExpression e:
                _text.Append(e.Count);
                break;
            case ComparisonExpression e:
                _text.Append(CultureInfo.InvariantCulture, $"{e.Operator} {e.IgnoringCase}");
                break;
            case InExpression e:
                _text.Append(e.IgnoringCase);
                break;
            case TextTestExpression e:
                _text.Append(CultureInfo.InvariantCulture, $"{e.Operator} {e.Quantifier} {e.IgnoringCase}");
                break;
            case PresenceExpression e:
                _text.Append(e.Test);
                break;
            case LabelTestExpression e:
                _text.Append(CultureInfo.InvariantCulture, $"{e.Label.Name} {e.Had} {e.OlderThan}");
                break;
            case ArithmeticExpression e:
                _text.Append(e.Operator);
                break;
            case CallExpression e:
                _text.Append(e.Function);
                break;
        }
        foreach (var child in ExpressionWalk.Children(expression)) Write(child);
        Close();
    }

    private void Field(EventSymbol symbol, FieldSymbol field)
    {
        Open($"{symbol.OutsideName} {string.Join('.', field.OutsidePath)} {field.Type}");
        if (field.Computed is { } computed) Write(computed);
        Close();
    }

    private void Optional(string word, Expression? expression)
    {
        if (expression is null) return;
        Open(word);
        Write(expression);
        Close();
    }

    private void Open(string text) => _text.Append('(').Append(text).Append(' ');

    private void Close() => _text.Append(')');
}
