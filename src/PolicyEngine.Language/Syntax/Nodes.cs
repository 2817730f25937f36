using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Syntax;

/// <summary>A node of the syntax tree: what was written, with its place; no types, nothing resolved.</summary>
public abstract record SyntaxNode(TextSpan Span);

/// <summary>A comment with its dashes, and whether it stood alone on its line.</summary>
public sealed record Comment(TextSpan Span, string Text, bool OwnLine);

public sealed record PolicyFile(SourceText Source, IReadOnlyList<Statement> Statements, IReadOnlyList<Comment> Comments);

/// <summary>A declared name or one part of a path. <paramref name="Quoted"/>: it stood in backticks.</summary>
public sealed record Name(TextSpan Span, string Text, bool Quoted) : SyntaxNode(Span);

/// <summary>Names with dots between them: a reference to a declaration, or a path to a value.</summary>
public sealed record Path(TextSpan Span, IReadOnlyList<Name> Parts) : SyntaxNode(Span)
{
    public string Text => string.Join('.', Parts.Select(p => p.Text));
}
