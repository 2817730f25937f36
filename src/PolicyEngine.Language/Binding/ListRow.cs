using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>An entry of a list file before its value is read.</summary>
internal sealed record ListRow(string Value, TextSpan Span, string? Source, string? Confidence, string? Expires);
