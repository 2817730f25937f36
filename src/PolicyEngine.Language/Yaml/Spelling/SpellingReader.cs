using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Yaml.Spelling;

/// <summary>YAML to text of the language, construct by construct. One that lacks keys or has others is left out.</summary>
internal sealed class SpellingReader(MadeText made, SpellingReport report)
{
    private const string Todo = "todo ";

    /// <summary>Names that constructs with mistakes would have declared.</summary>
    public List<string> Broken { get; } = [];

    /// <summary>Where they stand: what the language makes of them is no news.</summary>
    public List<TextSpan> BrokenPlaces { get; } = [];

    public void Read(YamlFile file)
    {
        foreach (var second in file.Documents.Skip(1)) report.IsSecondDocument(second.Span);
        switch (file.Documents is [var document, ..] ? document.Root : null)
        {
            case null:
                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items) Construct(item, Constructs.All, "", item.Span);
                break;
            case var other:
                report.IsNoList(other.Span with { Length = Math.Min(other.Span.Length, 1) });
                break;
        }
    }

    /// <summary>
    /// What a document of another kind says in the keys of a rule: a rule upon nothing, and its tests behind it. Without responses of its
    /// own it observes.
    /// </summary>
    public void Part(YamlMapping mapping, Construct construct, TextSpan at)
    {
        if (!IsWhole(mapping, construct)) return;
        made.Words("rule part on each part", at);
        foreach (var key in construct.Keys.Where(k => !k.IsFree && !IsTests(k)))
        {
            if (mapping.Find(key.Name) is { } pair) Write(key, pair, mapping);
            else if (key.Name == "then") made.Words("then observe", at);
        }
        foreach (var pair in mapping.Pairs)
            if (construct.Find(pair.Name) is { IsFree: true } key) Write(key, pair, mapping);
        foreach (var key in construct.Keys.Where(IsTests))
            if (mapping.Find(key.Name) is { } pair) Write(key, pair, mapping);
    }

    private static bool IsTests(Key key) => key.Kinds is [{ Kind: "test" }];

    private void Construct(YamlNode item, IReadOnlyList<Construct> kinds, string before, TextSpan at)
    {
        if (item is not YamlMapping { Pairs: [var first, ..] } mapping)
        {
            report.IsNoConstruct(item, kinds);
            return;
        }
        var ofKind = kinds.Where(k => k.Kind == first.Name).ToList();
        if (ofKind.Count == 0)
        {
            report.IsUnknownKind(first.Key, kinds);
            return;
        }
        var construct = ofKind.Find(k => k.Sign is { } sign && mapping.Find(sign) is not null) ?? ofKind[^1];
        var mistakes = report.Diagnostics.Count;
        if (IsWhole(mapping, construct))
        {
            made.Line(first.Key.Span.Start);
            made.Words(before, at);
            foreach (var (key, pair) in InOrder(mapping, construct)) Write(key, pair, mapping);
            made.Words(construct.Close, first.Key.Span);
        }
        if (report.Diagnostics.Count == mistakes) return;
        BrokenPlaces.Add(item.Span);
        if (first.Value is YamlScalar name) Broken.Add(name.Value.Trim('`'));
    }

    private bool IsWhole(YamlMapping mapping, Construct construct)
    {
        var before = report.Diagnostics.Count;
        foreach (var pair in mapping.Pairs)
            if (construct.Find(pair.Name) is null) report.IsUnknownKey(pair.Key, construct);
        foreach (var key in construct.Keys)
            if (key.IsRequired && mapping.Find(key.Name) is null) report.IsMissing(mapping, construct, key);
        return report.Diagnostics.Count == before;
    }

    /// <summary>Keys that have a place in the language come in that order, the others behind them as the author has them.</summary>
    private static IEnumerable<(Key Key, YamlPair? Pair)> InOrder(YamlMapping mapping, Construct construct)
    {
        var placed = construct.Keys.Where(k => !k.IsFree).ToList();
        if (construct == Constructs.Measure && mapping["value"] is YamlScalar value && LanguageText.IsAround(value.Value))
            placed = [.. placed.OrderBy(k => k.Name == "where")];
        foreach (var key in placed)
            if (mapping.Find(key.Name) is { } pair) yield return (key, pair);
            else if (key.Shape == Shape.Record) yield return (key, null);
        foreach (var pair in mapping.Pairs)
            if (construct.Find(pair.Name) is { IsFree: true } key) yield return (key, pair);
    }

    private void Write(Key key, YamlPair? pair, YamlMapping mapping)
    {
        if (pair is null)
        {
            made.Words("{}", mapping.Pairs[0].Key.Span);
            return;
        }
        made.Line(pair.Key.Span.Start);
        if (key.Shape is not (Shape.Items or Shape.Repeated or Shape.Expectations or Shape.Flag)) made.Words(key.Before, pair.Key.Span);
        // Comments behind a key with a block stand behind the sign that opens it.
        if (pair.Value is not YamlScalar && key.Shape is not (Shape.Fields or Shape.Literals or Shape.Record)) made.Behind(pair.Key.Span.Start);
        Value(key, pair);
        made.Words(key.After, pair.Key.Span);
        made.Behind(pair.Key.Span.Start);
    }

    private void Value(Key key, YamlPair pair)
    {
        switch (key.Shape)
        {
            case Shape.Phrase or Shape.Text or Shape.Literal:
                Scalar(key.Shape, pair.Value, key.Name);
                break;
            case Shape.Phrases or Shape.Texts:
                List(pair, ",", item => Scalar(key.Shape == Shape.Texts ? Shape.Text : Shape.Phrase, item, key.Name));
                break;
            case Shape.Lines:
                List(pair, "", item => Scalar(Shape.Phrase, item, key.Name));
                break;
            case Shape.Repeated:
                List(pair, "", item => Clause(key.Before, pair, item, 0));
                break;
            case Shape.Expectations:
                List(pair, "", item => Expectation(pair, item));
                break;
            case Shape.Flag:
                Flag(key, pair);
                break;
            case Shape.Literals:
                Literals(pair);
                break;
            case Shape.Record:
                Record(pair);
                break;
            case Shape.Fields:
                Fields(pair);
                break;
            case Shape.Parameters:
                Parameters(pair);
                break;
            default:
                Items(key, pair);
                break;
        }
    }

    private void Scalar(Shape shape, YamlNode node, string key)
    {
        if (node is not YamlScalar { IsNull: false } scalar) report.IsWrong(node, key, "a text");
        else if (shape == Shape.Phrase || (shape == Shape.Literal && scalar.IsPlain && LanguageText.IsLiteral(scalar.Value))) made.Phrase(scalar);
        else made.Quoted(scalar);
    }

    private void List(YamlPair pair, string separator, Action<YamlNode> write)
    {
        if (pair.Value is not YamlSequence sequence)
        {
            write(pair.Value);
            return;
        }
        if (sequence.Items.Count == 0) report.IsWrong(sequence, pair.Name, "a text or a list that holds something");
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            var item = sequence.Items[i];
            if (!sequence.Flow) made.Line(item.Span.Start);
            write(item);
            if (i < sequence.Items.Count - 1) made.Words(separator, item.Span);
            made.Behind(item.Span.Start);
        }
    }

    private void Clause(string words, YamlPair pair, YamlNode item, int skip)
    {
        made.Words(words, pair.Key.Span);
        if (item is YamlScalar { IsNull: false } scalar) made.Phrase(scalar, skip);
        else report.IsWrong(item, pair.Name, "a text");
    }

    private void Expectation(YamlPair pair, YamlNode item)
    {
        var isMiss = item is YamlScalar { Value: var text } && text.StartsWith(Todo, StringComparison.Ordinal);
        Clause(isMiss ? "todo expect" : "expect", pair, item, isMiss ? Todo.Length : 0);
    }

    private void Flag(Key key, YamlPair pair)
    {
        if (pair.Value is YamlScalar { IsPlain: true, Value: "true" }) made.Words(key.Before, pair.Key.Span);
        else if (pair.Value is not YamlScalar { IsPlain: true, Value: "false" }) report.IsWrong(pair.Value, key.Name, "`true` or `false`");
    }

    private void Literals(YamlPair pair)
    {
        if (pair.Value is not YamlSequence sequence)
        {
            report.IsWrong(pair.Value, pair.Name, "a list");
            return;
        }
        made.Words("[", sequence.Span);
        made.Behind(pair.Key.Span.Start);
        foreach (var item in sequence.Items)
        {
            if (!sequence.Flow) made.Line(item.Span.Start);
            Scalar(Shape.Literal, item, pair.Name);
            made.Words(",", item.Span);
            made.Behind(item.Span.Start);
        }
        made.Words("]", sequence.Span);
    }

    private void Record(YamlPair pair)
    {
        if (pair.Value is not YamlMapping mapping)
        {
            report.IsWrong(pair.Value, pair.Name, "a mapping of values by field");
            return;
        }
        made.Words("{", pair.Key.Span);
        made.Behind(pair.Key.Span.Start);
        foreach (var field in mapping.Pairs)
        {
            if (!mapping.Flow) made.Line(field.Key.Span.Start);
            made.Phrase(field.Key);
            made.Words(":", field.Key.Span);
            if (field.Value is YamlMapping) Record(field);
            else if (field.Value is YamlSequence) Literals(field);
            else Scalar(Shape.Literal, field.Value, field.Name);
            made.Words(",", field.Value.Span);
            made.Behind(field.Key.Span.Start);
        }
        made.Words("}", pair.Key.Span);
    }

    private void Fields(YamlPair pair)
    {
        if (pair.Value is not YamlMapping mapping)
        {
            report.IsWrong(pair.Value, pair.Name, "a mapping of types by field");
            return;
        }
        made.Words("{", pair.Key.Span);
        made.Behind(pair.Key.Span.Start);
        foreach (var field in mapping.Pairs)
        {
            if (!mapping.Flow) made.Line(field.Key.Span.Start);
            made.Phrase(field.Key);
            if (field.Value is not YamlScalar { Value: ['=', ..] }) made.Words(":", field.Key.Span);
            Scalar(Shape.Phrase, field.Value, field.Name);
            made.Behind(field.Key.Span.Start);
        }
        if (!mapping.Flow) made.Break();
        made.Words("}", pair.Key.Span);
    }

    private void Parameters(YamlPair pair)
    {
        if (pair.Value is not YamlMapping { Pairs.Count: > 0 } mapping)
        {
            report.IsWrong(pair.Value, pair.Name, "a mapping of types by name");
            return;
        }
        for (var i = 0; i < mapping.Pairs.Count; i++)
        {
            var parameter = mapping.Pairs[i];
            made.Phrase(parameter.Key);
            made.Words(":", parameter.Key.Span);
            Scalar(Shape.Phrase, parameter.Value, parameter.Name);
            if (i < mapping.Pairs.Count - 1) made.Words(",", parameter.Value.Span);
            made.Behind(parameter.Key.Span.Start);
        }
    }

    private void Items(Key key, YamlPair pair)
    {
        if (pair.Value is not YamlSequence sequence) report.IsWrong(pair.Value, pair.Name, "a list");
        else
            foreach (var item in sequence.Items) Construct(item, key.Kinds, key.Before, pair.Key.Span);
    }
}
