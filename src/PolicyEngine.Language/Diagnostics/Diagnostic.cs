using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Diagnostics;

public enum Severity { Info, Warning, Error }

/// <summary>A further place that explains the diagnostic, with a word about it.</summary>
public sealed record RelatedPlace(TextSpan Span, string Message);

/// <summary>A change of the text that mends the diagnostic. <paramref name="Safe"/>: it keeps what the author meant.</summary>
public sealed record Fix(string Title, IReadOnlyList<TextEdit> Edits, bool Safe);

public sealed record TextEdit(TextSpan Span, string NewText);

/// <summary>
/// Something the author should know. The message is lower case, has no final period and puts the user's words in backticks;
/// the label stands under the underlined text, help and note below it.
/// </summary>
public sealed record Diagnostic(string Code, Severity Severity, string Message, TextSpan Span)
{
    public string? Label { get; init; }

    public string? Help { get; init; }

    public string? Note { get; init; }

    public IReadOnlyList<RelatedPlace> Related { get; init; } = [];

    public Fix? Fix { get; init; }
}
