namespace PolicyEngine.Language.Yaml.Spelling;

/// <summary>What may stand under a key.</summary>
internal enum Shape
{
    /// <summary>The language's own text.</summary>
    Phrase,

    /// <summary>The same, or a list of such with commas between them.</summary>
    Phrases,

    /// <summary>The same, or a list whose items are its lines.</summary>
    Lines,

    /// <summary>The same, or a list; each item is a clause of its own.</summary>
    Repeated,

    /// <summary>A text without the quotes of the language.</summary>
    Text,
    Texts,

    /// <summary>`true`: the words of the key stand there.</summary>
    Flag,

    /// <summary>A number, truth value, address, time and so on as the language writes it; anything else is a text.</summary>
    Literal,
    Literals,

    /// <summary>Values by path, which may be nested.</summary>
    Record,

    /// <summary>Types by path; behind `=`, an expression.</summary>
    Fields,

    /// <summary>Types by name.</summary>
    Parameters,

    /// <summary>A list of constructs, of the kinds the key names.</summary>
    Items,

    /// <summary>What a test expects; an item that begins with `todo` is a known miss.</summary>
    Expectations,
}

/// <summary>
/// A key of a construct. <paramref name="Before"/> and <paramref name="After"/> are the words around its value in the language;
/// <paramref name="IsFree"/>: it is said behind all that have a place, in the order of the author.
/// </summary>
internal sealed record Key(string Name, Shape Shape, string Before, string After = "", bool IsRequired = false, bool IsFree = false)
{
    public IReadOnlyList<Construct> Kinds { get; init; } = [];

    /// <summary>Shown in editors.</summary>
    public required string Meaning { get; init; }
}

/// <summary>
/// A construct as a mapping whose first key is its kind. Of several of one kind it is the one whose <paramref name="Sign"/> stands in the
/// mapping, or the one without a sign. <paramref name="Close"/> ends it in the language.
/// </summary>
internal sealed record Construct(string Kind, IReadOnlyList<Key> Keys, string? Sign = null, string Close = "")
{
    public Key? Find(string name) => Keys.FirstOrDefault(k => k.Name == name);
}
