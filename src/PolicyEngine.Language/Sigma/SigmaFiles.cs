using System.Text.RegularExpressions;
using PolicyEngine.Language.Text;
using PolicyEngine.Language.Yaml;
using PolicyEngine.Language.Yaml.Spelling;

namespace PolicyEngine.Language.Sigma;

/// <summary>Which YAML files are Sigma: rules, correlations, filters, and the mapping files beside them.</summary>
public static partial class SigmaFiles
{
    /// <summary>By the keys at the beginning of its lines, so that other YAML in a folder is left alone.</summary>
    public static bool IsSigma(string path, string text) =>
        !PolicyYaml.IsPolicy(path) && (path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)) && Keys().IsMatch(text);

    /// <summary>The packs that a mapping file uses.</summary>
    public static IReadOnlyList<string> UsesOf(SourceText file)
    {
        if (!Use().IsMatch(file.Text)) return [];
        var roots = YamlReader.Read(file).Documents.Select(d => d.Root).OfType<YamlMapping>().Where(SigmaMapping.IsMapping);
        return [.. roots.SelectMany(SigmaMapping.UsesOf).Select(u => u.Value)];
    }

    [GeneratedRegex("^use[ \\t]*:", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Use();

    [GeneratedRegex("^(detection|correlation|filter|logsources|placeholders)[ \t]*:", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Keys();
}
