using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Yaml;

/// <summary>
/// What could be read of one YAML file. After text that is no YAML nothing more is read; documents that were complete before it are here.
/// </summary>
public sealed class YamlFile
{
    private readonly IReadOnlyList<YamlScalar> _scalars;
    private IReadOnlyList<YamlComment>? _comments;

    internal YamlFile(SourceText source, IReadOnlyList<YamlDocument> documents, IReadOnlyList<YamlScalar> scalars, IReadOnlyList<Diagnostic> diagnostics)
    {
        Source = source;
        Documents = documents;
        Diagnostics = diagnostics;
        _scalars = scalars;
    }

    public SourceText Source { get; }

    public IReadOnlyList<YamlDocument> Documents { get; }

    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);

    /// <summary>All comments in the order of the text; looked for when first asked.</summary>
    public IReadOnlyList<YamlComment> Comments => _comments ??= YamlComments.Find(Source, _scalars);
}
