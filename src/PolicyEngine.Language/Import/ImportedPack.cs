using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Import;

/// <summary>What an import made: policy text in its layout, file by file, and what was left out.</summary>
/// <param name="Files">A file for each that gave something, and before them what they share.</param>
/// <param name="Imported">How many rules or tests are in the files.</param>
/// <param name="Found">How many there were.</param>
/// <param name="LeftOut">Places of what policy text has no words for, with the reason.</param>
/// <param name="Diagnostics">What is wrong with the files that were read.</param>
public sealed record ImportedPack(
    IReadOnlyList<ImportedFile> Files, int Imported, int Found, IReadOnlyList<LeftOut> LeftOut, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary><paramref name="From"/>: the file that it was made of; null where it belongs to all.</summary>
public sealed record ImportedFile(SourceText? From, string Name, string Text);

public sealed record LeftOut(TextSpan Place, string Why);
