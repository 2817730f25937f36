namespace PolicyEngine.Language.Model;

public enum TypeKind
{
    /// <summary>The type of something that did not bind; suppresses follow-up errors.</summary>
    Error,
    Text, Integer, Number,
    /// <summary>A number known to lie in 0..1; prints as a percentage.</summary>
    Share,
    Boolean,
    /// <summary>Milliseconds since 1970-01-01 UTC, signed 64 bit.</summary>
    Time,
    /// <summary>Milliseconds, signed 64 bit.</summary>
    Duration,
    Rate, Ip, Cidr, List, Entity,
    /// <summary>A group of a link.</summary>
    Group,
}

/// <summary>A type of the language. <paramref name="Optional"/>: the value may be missing.</summary>
public sealed record PolicyType(TypeKind Kind, bool Optional = false, EntitySymbol? Entity = null, PolicyType? Element = null)
{
    public static readonly PolicyType Error = new(TypeKind.Error);
    public static readonly PolicyType Text = new(TypeKind.Text);
    public static readonly PolicyType Integer = new(TypeKind.Integer);
    public static readonly PolicyType Number = new(TypeKind.Number);
    public static readonly PolicyType Share = new(TypeKind.Share);
    public static readonly PolicyType Boolean = new(TypeKind.Boolean);
    public static readonly PolicyType Time = new(TypeKind.Time);
    public static readonly PolicyType Duration = new(TypeKind.Duration);
    public static readonly PolicyType Rate = new(TypeKind.Rate);
    public static readonly PolicyType Ip = new(TypeKind.Ip);
    public static readonly PolicyType Cidr = new(TypeKind.Cidr);

    /// <summary>For <see cref="TypeKind.Group"/>: whose group.</summary>
    public LinkSymbol? Link { get; init; }

    public PolicyType AsOptional() => Optional ? this : this with { Optional = true };

    public PolicyType AsPresent() => Optional ? this with { Optional = false } : this;

    public bool IsNumeric => Kind is TypeKind.Integer or TypeKind.Number or TypeKind.Share;

    /// <summary>The type in the user's words.</summary>
    public override string ToString() => Kind switch
    {
        TypeKind.Entity => Entity!.Name,
        TypeKind.Group when Link is { } link => link.Name,
        TypeKind.List => $"list<{Element}>",
        _ => Kind.ToString().ToLowerInvariant(),
    } + (Optional ? "?" : "");
}
