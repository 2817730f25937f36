using System.Text.RegularExpressions;
using PolicyEngine.Language.Yaml.Spelling;

namespace PolicyEngine.Language.Sigma;

/// <summary>Which YAML files are Sigma: rules, correlations, filters, and the mapping files beside them.</summary>
public static partial class SigmaFiles
{
    /// <summary>By the keys at the beginning of its lines, so that other YAML in a folder is left alone.</summary>
    public static bool IsSigma(string path, string text) =>
        !PolicyYaml.IsPolicy(path) && (path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)) && Keys().IsMatch(text);

    [GeneratedRegex("^(detection|correlation|filter|logsources|placeholders)[ \t]*:", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Keys();
}
