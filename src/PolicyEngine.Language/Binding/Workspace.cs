using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>Where a symbol was declared: its statement, and the names visible there.</summary>
internal sealed record Declaration(PackScope Scope, SyntaxNode Syntax);

/// <summary>What the binders of one compilation share.</summary>
internal sealed class Workspace
{
    public Workspace(CompilationOptions options)
    {
        Options = options;
        Bag = new DiagnosticBag(options.MaximumErrors);
        Resolution = new Resolution(Bag, options.MaximumDepth);
        Names = new NameLookup(this);
        Types = new TypeBinder(this);
        Sources = new SourceBinder(this);
        Fields = new FieldBinder(this);
        Lets = new LetBinder(this);
        Measures = new MeasureBinder(this);
        Keys = new KeyBinder(this);
        Groups = new GroupBinder(this);
    }

    public CompilationOptions Options { get; }

    public DiagnosticBag Bag { get; }

    public List<PackScope> Packs { get; } = [];

    public Dictionary<object, Declaration> Declarations { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Symbols whose declaration has an error of its own: what uses them says nothing further.</summary>
    public HashSet<object> Broken { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>What a bound rule speaks about, for exceptions that are written elsewhere.</summary>
    public Dictionary<RuleSymbol, Hand> HandsOfRules { get; } = [];

    /// <summary>Values given to recipes, with the types they have to be of.</summary>
    public List<(LetSymbol Let, PolicyType Type)> Arguments { get; } = [];

    public Resolution Resolution { get; }

    public NameLookup Names { get; }

    public TypeBinder Types { get; }

    public SourceBinder Sources { get; }

    public FieldBinder Fields { get; }

    public LetBinder Lets { get; }

    public MeasureBinder Measures { get; }

    public KeyBinder Keys { get; }

    public GroupBinder Groups { get; }

    public void Add(Diagnostic diagnostic) => Bag.Add(diagnostic);

    public Hand HandOf(IReadOnlyList<EventSource> sources) =>
        sources.Count == 0 || sources.Any(Broken.Contains) ? Hand.Unknown : Hand.OfEvents(sources);
}
