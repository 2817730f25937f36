using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Binding;

/// <summary>Where an expression stands: whose names it sees, and what it speaks about.</summary>
internal sealed record ExpressionContext(PackScope Scope, Hand Hand)
{
    /// <summary>Parameters of the `define` that is being written in.</summary>
    public IReadOnlyDictionary<string, Expression> Parameters { get; init; } = new Dictionary<string, Expression>();

    /// <summary>Inside the amount of a measure `gap` has a meaning.</summary>
    public bool GapAllowed { get; init; }

    /// <summary>The measure being declared: `measure org = latest org of signup` means the field, since nothing is made of itself.</summary>
    public Symbol? Declaring { get; init; }

    /// <summary>The defines around, innermost last.</summary>
    public IReadOnlyList<DefineSymbol> Defines { get; init; } = [];

    /// <summary>How much the outermost use of a define has come to.</summary>
    public Expansion? Expansion { get; init; }
}

/// <summary>Counts the parts that the use of a define comes to: calls within calls would otherwise double without end.</summary>
internal sealed class Expansion(int maximum)
{
    private int _parts;

    public bool IsExhausted => _parts > maximum;

    /// <summary>False when there is no room for so many more parts.</summary>
    public bool Take(int parts)
    {
        _parts = IsExhausted ? _parts : _parts + parts;
        return !IsExhausted;
    }
}
