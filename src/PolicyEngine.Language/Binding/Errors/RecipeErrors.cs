using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

/// <summary>P28xx: recipes and the rules made from them.</summary>
internal static class RecipeErrors
{
    public static Diagnostic Unknown(Path path, IEnumerable<string> known)
    {
        var error = Report.Error("P2801", path.Span, $"there is no recipe called `{path.Text}`");
        return Suggestion.Nearest(path.Parts[^1].Text, known) is { } nearest
            ? (error with { Label = $"did you mean `{nearest}`?" }).Replacing(path.Parts[^1].Span, nearest)
            : error;
    }

    public static Diagnostic Several(TextSpan span, string name) =>
        Report.Error("P2801", span, $"two packs have a recipe `{name}`", "say `PACK.RECIPE`");

    public static Diagnostic Count(TextSpan span, RecipeStatement recipe, int given) =>
        Report.Error("P2802", span, $"`{recipe.Name.Text}` has {recipe.Parameters.Count} parameters, and {given} {(given == 1 ? "is" : "are")} given",
            $"they are {Report.List(recipe.Parameters.Select(p => p.Name.Text))}");

    public static Diagnostic Argument(TextSpan span, string parameter, string wanted) =>
        Report.Error("P2803", span, $"for `{parameter}` the recipe takes {wanted}");
}
