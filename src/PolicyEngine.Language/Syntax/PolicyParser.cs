using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax.Reading;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml.Spelling;

namespace PolicyEngine.Language.Syntax;

/// <summary>
/// What could be read of one policy file. A statement with an error is left out of <paramref name="File"/>; the name it would
/// have declared stands in <see cref="BrokenNames"/>, so that later passes need not complain about its uses.
/// </summary>
public sealed record ParseResult(PolicyFile File, IReadOnlyList<Diagnostic> Diagnostics)
{
    public IReadOnlyCollection<string> BrokenNames { get; init; } = [];
}

/// <summary>An expression read by itself; null when it has an error.</summary>
public sealed record ExpressionResult(ExpressionSyntax? Expression, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>A piece of a template text: plain text, or the expression of a hole; exactly one is set.</summary>
public sealed record TemplatePart(TextSpan Span, string? Text, ExpressionSyntax? Hole);

public sealed record TemplateResult(IReadOnlyList<TemplatePart> Parts, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>Text to syntax tree. Never throws on any text; safe to call from many threads.</summary>
public static class PolicyParser
{
    /// <summary>Reads a whole policy file. All errors are collected; one statement's error does not hide another's.</summary>
    public static ParseResult Parse(SourceText source, ParseLimits? limits = null) =>
        PolicyYaml.IsPolicy(source.Path) ? PolicyYaml.Parse(source, limits) : ParseText(source, limits);

    /// <summary>The same, whatever the file is called.</summary>
    internal static ParseResult ParseText(SourceText source, ParseLimits? limits) => new FileReader(source, limits ?? ParseLimits.Default).Read();

    /// <summary>Reads one expression that stands alone in <paramref name="span"/> of its source; spans point into that source.</summary>
    public static ExpressionResult ParseExpression(TextSpan span, ParseLimits? limits = null) =>
        ExpressionReader.Read(span, insideText: false, limits ?? ParseLimits.Default);

    /// <summary>Reads one expression that is a text of its own.</summary>
    public static ExpressionResult ParseExpression(SourceText source, ParseLimits? limits = null) =>
        ParseExpression(new TextSpan(source, 0, source.Text.Length), limits);

    /// <summary>
    /// Takes a template such as `"{cot_share} of {requests}"` apart: `{expression}` is a hole, `{{` and `}}` are braces.
    /// Spans point into the file the text stands in.
    /// </summary>
    public static TemplateResult ParseTemplate(TextLiteral text, ParseLimits? limits = null) =>
        TemplateReader.Read(text, limits ?? ParseLimits.Default);
}
