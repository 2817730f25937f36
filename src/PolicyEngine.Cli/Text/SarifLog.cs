using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Cli.Text;

/// <summary>
/// Diagnostics as a SARIF 2.1.0 log (OASIS), one run, for code scanning and editors. Lines and columns count from 1, columns in UTF-16
/// units, ends are exclusive. Paths are relative to the working folder, which is where a check in a repository is started.
/// </summary>
internal sealed partial class SarifLog
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _json;
    private readonly SourceText? _first;
    private readonly List<DiagnosticEntry> _rules;
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    private SarifLog(Utf8JsonWriter json, IReadOnlyList<Diagnostic> diagnostics, SourceText? first)
    {
        (_json, _first) = (json, first);
        _rules = [.. diagnostics.Select(d => d.Code).Distinct().Order(StringComparer.Ordinal).Select(DiagnosticCatalog.Find).OfType<DiagnosticEntry>()];
    }

    /// <param name="first">Where a diagnostic stands that has no place of its own: readers leave out results without one.</param>
    public static string Write(IReadOnlyList<Diagnostic> diagnostics, SourceText? first)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options)) new SarifLog(json, diagnostics, first).Log(diagnostics);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private void Log(IReadOnlyList<Diagnostic> diagnostics) => Object(null, () =>
    {
        _json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        _json.WriteString("version", "2.1.0");
        List("runs", [diagnostics], run => Object(null, () =>
        {
            Object("tool", () => Object("driver", () =>
            {
                _json.WriteString("name", "policy");
                _json.WriteString("version", ProgramVersion.Text);
                List("rules", _rules, Rule);
            }));
            _json.WriteString("columnKind", "utf16CodeUnits");
            List("results", run, Result);
        }));
    });

    private void Rule(DiagnosticEntry entry) => Object(null, () =>
    {
        _json.WriteString("id", entry.Code);
        Message("shortDescription", entry.Title);
        Message("fullDescription", entry.Explanation);
        Object("help", () =>
        {
            _json.WriteString("text", Literal($"{entry.Explanation}\n\nWrong:\n{entry.Wrong}\nRight:\n{entry.Right}"));
            _json.WriteString("markdown", Literal($"{entry.Explanation}\n\n**Wrong**\n{Fenced(entry.Wrong)}\n**Right**\n{Fenced(entry.Right)}"));
        });
        Object("defaultConfiguration", () => _json.WriteString("level", Level(entry.Severity)));
    });

    private static string Fenced(string example) => $"```\n{example.TrimEnd('\n')}\n```\n";

    private void Result(Diagnostic diagnostic) => Object(null, () =>
    {
        var span = diagnostic.Span.Source is null && _first is not null ? new TextSpan(_first, 0, 0) : diagnostic.Span;
        _json.WriteString("ruleId", diagnostic.Code);
        if (_rules.FindIndex(r => r.Code == diagnostic.Code) is >= 0 and var index) _json.WriteNumber("ruleIndex", index);
        _json.WriteString("level", Level(diagnostic.Severity));
        string?[] told = [diagnostic.Message, diagnostic.Label, diagnostic.Help, diagnostic.Note];
        Message("message", string.Join('\n', told.OfType<string>()));
        if (span.Source is null) return;
        List("locations", [span], place => Location(place, null, null));
        var related = diagnostic.Related.Where(r => r.Span.Source is not null).Select((r, i) => (Place: r, Number: i + 1)).ToList();
        if (related.Count > 0) List("relatedLocations", related, r => Location(r.Place.Span, r.Number, r.Place.Message));
        Object("partialFingerprints", () => _json.WriteString("primaryLocationLineHash", Fingerprint(span)));
        if (diagnostic.Fix is { } fix) List("fixes", [fix], Fix);
    });

    private void Location(TextSpan span, int? number, string? message) => Object(null, () =>
    {
        if (number is { } id) _json.WriteNumber("id", id);
        Object("physicalLocation", () =>
        {
            Artifact(span.Source!);
            Region("region", span);
        });
        if (message is not null) Message("message", message);
    });

    private void Fix(Fix fix) => Object(null, () =>
    {
        Message("description", fix.Safe ? fix.Title : $"{fix.Title} (a guess)");
        List("artifactChanges", fix.Edits.Where(e => e.Span.Source is not null).GroupBy(e => e.Span.Source!), change => Object(null, () =>
        {
            Artifact(change.Key);
            List("replacements", change, edit => Object(null, () =>
            {
                Region("deletedRegion", edit.Span);
                Object("insertedContent", () => _json.WriteString("text", edit.NewText));
            }));
        }));
    });

    private void Artifact(SourceText source) => Object("artifactLocation", () => _json.WriteString("uri", Uri(source.Path)));

    private void Region(string name, TextSpan span) => Object(name, () =>
    {
        var (start, end) = (span.Source!.Position(span.Start), span.Source.Position(span.End));
        _json.WriteNumber("startLine", start.Line);
        _json.WriteNumber("startColumn", start.Column);
        _json.WriteNumber("endLine", end.Line);
        _json.WriteNumber("endColumn", end.Column);
    });

    /// <summary>Relative below the working folder, with `/` between its parts; a file elsewhere can only be named in full.</summary>
    private static string Uri(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        if (Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal)) return new Uri(Path.GetFullPath(path)).AbsoluteUri;
        return string.Join('/', relative.Split(Path.DirectorySeparatorChar).Select(System.Uri.EscapeDataString));
    }

    /// <summary>Names a finding by the text of its line, so that it is known again when lines above it come or go.</summary>
    private string Fingerprint(TextSpan span)
    {
        var source = span.Source!;
        var line = source.Line(source.Position(span.Start).Line).Trim();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)))[..16];
        var met = _seen[$"{source.Path}:{hash}"] = _seen.GetValueOrDefault($"{source.Path}:{hash}") + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{hash}:{met}");
    }

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    private void Message(string name, string text) => Object(name, () => _json.WriteString("text", Literal(text)));

    /// <summary>A number in braces is a place for an argument in SARIF; ours are meant as they stand.</summary>
    private static string Literal(string text) => Placeholder().Replace(text, "{$0}");

    private void Object(string? name, Action members)
    {
        if (name is null) _json.WriteStartObject();
        else _json.WriteStartObject(name);
        members();
        _json.WriteEndObject();
    }

    private void List<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        _json.WriteStartArray(name);
        foreach (var item in items) write(item);
        _json.WriteEndArray();
    }

    [GeneratedRegex(@"\{[0-9]+\}")]
    private static partial Regex Placeholder();
}
