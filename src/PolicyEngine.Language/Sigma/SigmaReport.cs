using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Sigma;

/// <summary>What is said about Sigma files, in the words of the specification.</summary>
internal sealed class SigmaReport
{
    private readonly List<Diagnostic> _diagnostics = [];

    public IReadOnlyList<Diagnostic> All => _diagnostics;

    public void Add(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);

    public void MissingPart(TextSpan span, string part, string of) =>
        Error(SigmaCodes.MissingPart, span, $"{of} needs `{part}`", $"there is no `{part}`", null);

    public void Shape(TextSpan span, string part, string wanted) =>
        Error(SigmaCodes.Shape, span, $"`{part}` takes {wanted}", $"{wanted} is expected here", null);

    public void Condition(TextSpan span, string message, string label) => Error(SigmaCodes.Condition, span, message, label,
        "a condition is made of selections, `and`, `or`, `not`, parentheses, and `1 of` or `all of` with a pattern or `them`");

    public void UnknownSelection(TextSpan span, string name, IEnumerable<string> known)
    {
        var near = Suggestion.Nearest(name, known);
        Error(SigmaCodes.UnknownSelection, span, $"there is no selection `{name}` in this rule", near is null ? null : $"did you mean `{near}`?",
            near is null ? "a condition names the parts of `detection`" : null);
    }

    public void Aggregation(TextSpan span, string rewrite) => Add(new Diagnostic(SigmaCodes.Aggregation, Severity.Error,
        "counting behind `|` is no longer part of Sigma conditions", span)
    {
        Label = "a correlation says this now",
        Help = "keep the condition before the `|`, give the rule a `name`, and count it in a document of its own: " + rewrite,
    });

    public void UnknownModifier(TextSpan span, string modifier, IEnumerable<string> known)
    {
        var near = Suggestion.Nearest(modifier, known);
        Error(SigmaCodes.UnknownModifier, span, $"there is no modifier `{modifier}`", near is null ? "not a modifier" : $"did you mean `{near}`?", null);
    }

    public void ModifierValue(TextSpan span, string modifier, string wanted) =>
        Error(SigmaCodes.ModifierValue, span, $"`{modifier}` takes {wanted}", $"{wanted} is expected here", null);

    public void Clash(TextSpan span, string message) =>
        Error(SigmaCodes.Clash, span, message, "these do not go together", null);

    public void NoFilterFor(TextSpan span, string name, string why) =>
        Error(SigmaCodes.UnknownRule, span, $"`{name}` is {why}, and a filter is for detection rules", "no detection rule", null);

    public void Pattern(TextSpan span, string why) => Error(SigmaCodes.Pattern, span, "this pattern cannot be run in linear time", why,
        "say what may stand there instead of looking ahead or back; several simpler patterns can be selections of one condition");

    public void Placeholder(TextSpan span, string name) => Error(SigmaCodes.Placeholder, span, $"the placeholder `%{name}%` has no values", "no values",
        $"give them in a mapping file beside the rules: `placeholders: {{{name}: [first, second]}}`");

    public void TooMany(TextSpan span, int limit) =>
        Error(SigmaCodes.TooMany, span, $"this comes to more than {limit} values", "too many variants", "write fewer dashes or placeholders in one value");

    public void Unmapped(TextSpan span, string logsource) => Add(new Diagnostic(SigmaCodes.Unmapped, Severity.Warning,
        $"no event is named for the log source {logsource}, so this rule sees nothing", span)
    {
        Label = "not in the mapping",
        Help = "add it to the `logsources` of the mapping file, or leave out `otherwise: report`",
    });

    /// <summary>Said at the first rule of a log source; of thousands of rules nobody reads thousands of warnings.</summary>
    public void UnmappedOnce(IReadOnlyList<Diagnostic> all) =>
        Add(all.Count == 1 ? all[0] : all[0] with { Label = $"not in the mapping; {all.Count - 1} more of this log source" });

    public void UnknownRule(TextSpan span, string name, IEnumerable<string> known)
    {
        var near = Suggestion.Nearest(name, known);
        Error(SigmaCodes.UnknownRule, span, $"there is no rule with the id or name `{name}`", near is null ? "not among the files loaded" : $"did you mean `{near}`?", null);
    }

    public void Correlation(TextSpan span, string message, string? help = null) => Error(SigmaCodes.Correlation, span, message, null, help);

    public void Mapping(TextSpan span, string message) => Error(SigmaCodes.Mapping, span, message, null, null);

    public void OwnPart(TextSpan span) => Error(SigmaCodes.OwnPart, span, $"a filter has no `{SigmaOwnPart.Key}`", "only rules and correlations act",
        "say it in the rule that the filter is for");

    private void Error(string code, TextSpan span, string message, string? label, string? help) =>
        Add(new Diagnostic(code, Severity.Error, message, span) { Label = label, Help = help });
}
