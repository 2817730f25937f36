using System.Buffers;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Diagnostics;

public enum Severity { Info, Warning, Error }

/// <summary>A further place that explains the diagnostic, with a word about it.</summary>
public sealed record RelatedPlace(TextSpan Span, string Message)
{
    /// <summary>In the text that the author wrote.</summary>
    public TextSpan Span { get; init; } = Span.Written;
}

/// <summary>A change of the text that mends the diagnostic. <paramref name="Safe"/>: it keeps what the author meant.</summary>
public sealed record Fix(string Title, IReadOnlyList<TextEdit> Edits, bool Safe)
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\"'`\\#:\r\n");

    /// <summary>
    /// The change in the text that the author wrote, or null when it cannot be made there by the same letters: signs that mean something
    /// to the other spelling stay with the author.
    /// </summary>
    public Fix? Written => Edits.All(e => e.Span.Source?.Origin is null || IsPlain(e))
        ? this with { Edits = [.. Edits.Select(e => e with { Span = e.Span.Written })] }
        : null;

    private static bool IsPlain(TextEdit edit) =>
        edit.Span.Written.Text == edit.Span.Text && !edit.NewText.AsSpan().ContainsAny(Special) && !edit.Span.Text.AsSpan().ContainsAny(Special);
}

public sealed record TextEdit(TextSpan Span, string NewText);

/// <summary>
/// Something the author should know. The message is lower case, has no final period and puts the user's words in backticks;
/// the label stands under the underlined text, help and note below it.
/// </summary>
public sealed record Diagnostic(string Code, Severity Severity, string Message, TextSpan Span)
{
    /// <summary>In the text that the author wrote.</summary>
    public TextSpan Span { get; init; } = Span.Written;

    public string? Label { get; init; }

    public string? Help { get; init; }

    public string? Note { get; init; }

    public IReadOnlyList<RelatedPlace> Related { get; init; } = [];

    public Fix? Fix { get; init => field = value?.Written; }
}
