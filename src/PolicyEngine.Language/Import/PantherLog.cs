using PolicyEngine.Language.Sigma;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Syntax.Formatting;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Import;

/// <summary>
/// The event of a test to the record of a `given`. Its fields are `anything?`, which take each value by its text and several as lines; what
/// is null or empty is as good as missing.
/// </summary>
/// <param name="fields">Gets the names of all that was read, with dots.</param>
internal sealed class PantherLog(ISet<string> fields)
{
    private static readonly TextSpan None = TextSpan.None;
    private readonly List<string> _notSaid = [];

    /// <summary>What of the event the test does not give.</summary>
    public IReadOnlyList<string> NotSaid => _notSaid;

    public RecordSyntax Read(YamlMapping log) => Record(log, "");

    public static FieldSyntax Declaration(string field)
    {
        var anything = new TypeSyntax(None, false, new Path(None, [new Name(None, "anything", Quoted: false)]), Optional: true);
        var outside = SigmaNodes.IsBuiltin(field) ? new TextLiteral(None, field) : null;
        return new FieldSyntax(None, PathOf(field), anything, false, outside, null);
    }

    private RecordSyntax Record(YamlMapping mapping, string before)
    {
        var pairs = new List<PairSyntax>();
        foreach (var pair in mapping.Pairs)
        {
            var name = before + pair.Name;
            if (!IsSaid(pair, name)) continue;
            if (pair.Value is YamlMapping inner)
            {
                if (Record(inner, name + ".") is { Pairs.Count: > 0 } record) pairs.Add(new PairSyntax(None, Single(pair.Name), null, record));
            }
            else if (ValueOf(pair.Value) is { } value)
            {
                fields.Add(name);
                pairs.Add(new PairSyntax(None, before.Length == 0 ? PathOf(name) : Single(pair.Name), new TextLiteral(None, value), null));
            }
        }
        return new RecordSyntax(None, pairs);
    }

    private bool IsSaid(YamlPair pair, string name)
    {
        var why = name is "id" or "time" or "type" ? "every event here has one of its own"
            : !NameText.IsPossible(pair.Name) || pair.Name.Contains('.', StringComparison.Ordinal) ? "no field can be called so"
            : pair.Value is YamlSequence list && list.Items.Any(i => i is not YamlScalar) ? "a list of objects" : null;
        if (why is not null) _notSaid.Add($"not given: `{PolicyWriter.OneLine(name)}`, {why}");
        return why is null;
    }

    private static string? ValueOf(YamlNode value) => value switch
    {
        YamlScalar { IsNull: true } => null,
        YamlScalar { IsPlain: true, Value: "true" or "True" or "TRUE" or "false" or "False" or "FALSE" } truth => truth.Value.ToLowerInvariant(),
        YamlScalar scalar => scalar.Value,
        YamlSequence { Items.Count: > 0 } list => string.Join('\n', list.Items.Select(ValueOf).OfType<string>()),
        _ => null,
    };

    private static Path PathOf(string field) => SigmaNodes.IsBuiltin(field)
        ? Single("field " + field) : new Path(None, [.. field.Split('.').Select(Plain)]);

    private static Path Single(string name) => new(None, [Plain(name)]);

    private static Name Plain(string name) => new(None, name, Quoted: !NameText.IsPlain(name));
}
