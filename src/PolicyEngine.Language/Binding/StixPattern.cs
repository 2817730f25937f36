namespace PolicyEngine.Language.Binding;

/// <summary>A value that a pattern asks for, and whether it is an address.</summary>
internal sealed record StixValue(string Value, bool IsAddress);

/// <summary>Patterns that name values: `[PATH = 'value' OR …] OR […]`. What asks for several things at once is no list of values.</summary>
internal sealed class StixPattern
{
    private readonly string _text;
    private readonly List<StixValue> _values = [];
    private int _at;

    private StixPattern(string text) => _text = text;

    /// <summary>The values; null where the pattern says anything else.</summary>
    public static IReadOnlyList<StixValue>? Read(string text)
    {
        var pattern = new StixPattern(text);
        return pattern.Observations() ? pattern._values : null;
    }

    private bool Observations()
    {
        do
        {
            if (!Takes("[") || !Comparisons() || !Takes("]")) return false;
        }
        while (Takes("OR "));
        return _at == _text.Length;
    }

    private bool Comparisons()
    {
        do
        {
            if (!Comparison()) return false;
        }
        while (Takes("OR "));
        return true;
    }

    private bool Comparison()
    {
        Space();
        var from = _at;
        while (_at < _text.Length && _text[_at] is not ('=' or ' ' or '[' or ']')) _at++;
        var path = _text[from.._at];
        if (!path.Contains(':', StringComparison.Ordinal) || !Takes("=") || Quoted() is not { Length: > 0 } value) return false;
        _values.Add(new StixValue(value, path is "ipv4-addr:value" or "ipv6-addr:value"));
        Space();
        return true;
    }

    /// <summary>A text in single quotes, in which a backslash stands before a quote and before itself.</summary>
    private string? Quoted()
    {
        if (!Takes("'")) return null;
        var value = "";
        for (; _at < _text.Length; _at++)
        {
            if (_text[_at] == '\'')
            {
                _at++;
                return value;
            }
            if (_text[_at] == '\\' && ++_at == _text.Length) return null;
            value += _text[_at];
        }
        return null;
    }

    private bool Takes(string sign)
    {
        Space();
        if (string.CompareOrdinal(_text, _at, sign, 0, sign.Length) != 0) return false;
        _at += sign.Length;
        if (sign is "[" or "]") Space();
        return true;
    }

    private void Space()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }
}
