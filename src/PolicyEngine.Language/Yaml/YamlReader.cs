using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Yaml;

/// <summary>
/// YAML text to nodes with places. Never throws on any text; safe to call from many threads. Anchors, aliases, tags, merge keys and keys
/// that stand twice are errors: a text from outside must not grow when it is read, and must not have two readings.
/// </summary>
public static class YamlReader
{
    public static YamlFile Read(SourceText source, YamlLimits? limits = null)
    {
        limits ??= YamlLimits.Default;
        var report = new YamlReport(source, limits.Diagnostics);
        if (TooLarge(source.Text, limits.SourceBytes))
        {
            report.TooLarge(limits.SourceBytes);
            return new YamlFile(source, [], [], report.All());
        }
        var builder = new YamlBuilder(source, limits, report);
        builder.Run();
        return new YamlFile(source, builder.Documents, builder.Scalars, report.All());
    }

    private static bool TooLarge(string text, int bytes) =>
        text.Length > bytes || (text.Length > bytes / 3 && System.Text.Encoding.UTF8.GetByteCount(text) > bytes);
}
