using PolicyEngine.Language.Yaml;

namespace PolicyEngine.Language.Sigma;

internal enum SigmaTest { Text, Pattern, Cidr, Exists, FieldReference, Less, LessOrEqual, Greater, GreaterOrEqual }

/// <summary>A key of a selection taken apart: field, what is tested, and how its values are made anew, in the order written.</summary>
internal sealed class SigmaModifiers
{
    private static readonly string[] Known =
    [
        "all", "startswith", "endswith", "contains", "exists", "cased", "neq", "windash", "re", "i", "m", "s", "base64", "base64offset",
        "utf16", "utf16le", "utf16be", "wide", "lt", "lte", "gt", "gte", "cidr", "expand", "fieldref",
        "minute", "hour", "day", "week", "month", "year",
    ];

    private string? _clash;
    private string _type = "";

    public required string Field { get; init; }

    public SigmaTest Test { get; private set; } = SigmaTest.Text;

    public bool All { get; private set; }

    public bool Cased { get; private set; }

    public bool Negated { get; private set; }

    public bool Expands { get; private set; }

    /// <summary>The part of a date that is compared: `minute`, `hour`, `day`, `month` or `year`.</summary>
    public string? DatePart { get; private set; }

    /// <summary>Inline options of a pattern: `i`, `m`, `s`.</summary>
    public string PatternOptions { get; private set; } = "";

    /// <summary>startswith, endswith, contains and the encodings, in their order.</summary>
    public List<string> Changes { get; } = [];

    public bool IsKeyword => Field.Length == 0;

    public bool IsOrder => Test is SigmaTest.Less or SigmaTest.LessOrEqual or SigmaTest.Greater or SigmaTest.GreaterOrEqual;

    /// <summary>Null after an unknown modifier, and where two of them say different things of the value.</summary>
    public static SigmaModifiers? Read(YamlScalar key, SigmaReport report)
    {
        var parts = key.Value.Split('|');
        var modifiers = new SigmaModifiers { Field = parts[0] };
        var at = parts[0].Length + 1;
        foreach (var part in parts.Skip(1))
        {
            if (!modifiers.Take(part))
            {
                report.UnknownModifier(key.SpanOf(at, part.Length), part, Known);
                return null;
            }
            at += part.Length + 1;
        }
        if (modifiers.Clash() is not { } clash) return modifiers;
        report.Clash(key.Span, clash);
        return null;
    }

    /// <summary>What a reader would have to guess is not guessed.</summary>
    private string? Clash()
    {
        if (_clash is not null) return _clash;
        if (DatePart is not null && ((Test != SigmaTest.Text && !IsOrder) || Changes.Count > 0 || Expands))
            return $"`{DatePart}` takes the number out of a date, so only `lt`, `lte`, `gt`, `gte` and `neq` go with it";
        if (IsKeyword && (DatePart is not null || Test is not (SigmaTest.Text or SigmaTest.Pattern)))
            return "a keyword is looked for in the whole event, so no modifier that compares a field goes with it";
        if (Test is not (SigmaTest.Text or SigmaTest.FieldReference) && Changes.Count > 0)
            return $"`{Changes[0]}` makes a text, which `{_type}` does not take";
        return Test != SigmaTest.Text && Expands ? $"`expand` makes texts, which `{_type}` does not take" : null;
    }

    private bool Take(string modifier)
    {
        switch (modifier)
        {
            case "all":
                All = true;
                return true;
            case "cased":
                Cased = true;
                return true;
            case "neq":
                Negated = true;
                return true;
            case "expand":
                Expands = true;
                return true;
            case "i" or "m" or "s" when Test == SigmaTest.Pattern:
                PatternOptions += modifier;
                return true;
            case "startswith" or "endswith" or "contains" or "windash" or "base64" or "base64offset" or "utf16" or "utf16le" or "utf16be" or "wide":
                Changes.Add(modifier);
                return true;
            case "minute" or "hour" or "day" or "month" or "year":
                if (DatePart is not null) _clash = $"`{DatePart}` and `{modifier}` are two numbers, each a field of its own in the selection";
                DatePart = modifier;
                return true;
            case "week":
                _clash = "`week` cannot be read off the digits of a date; `month` and `day` can";
                return true;
            default:
                return TakeTest(modifier);
        }
    }

    private bool TakeTest(string modifier)
    {
        var test = modifier switch
        {
            "re" => SigmaTest.Pattern,
            "cidr" => SigmaTest.Cidr,
            "exists" => SigmaTest.Exists,
            "fieldref" => SigmaTest.FieldReference,
            "lt" => SigmaTest.Less,
            "lte" => SigmaTest.LessOrEqual,
            "gt" => SigmaTest.Greater,
            "gte" => SigmaTest.GreaterOrEqual,
            _ => SigmaTest.Text,
        };
        if (test == SigmaTest.Text) return false;
        if (Test != SigmaTest.Text) _clash = $"`{_type}` and `{modifier}` say different things of the value; each is a selection of its own";
        (Test, _type) = (test, modifier);
        return true;
    }
}
