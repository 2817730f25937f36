using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using PolicyEngine.Language.Text;
using Path = PolicyEngine.Language.Syntax.Path;

namespace PolicyEngine.Language.Binding;

/// <summary>
/// `rule NAME from RECIPE(args)`: the rule gets the recipe's body and measures of its own, in a scope where the parameters have the
/// meaning of the arguments. So nothing is written out and every error stands where its text does.
/// </summary>
internal sealed class RecipeExpansion(Workspace workspace, PackScope scope, Func<string, TextSpan, bool> isOverLimit)
{
    public void Run()
    {
        foreach (var rule in scope.Pack.Rules)
        {
            if (workspace.Declarations[rule].Syntax is not RuleStatement { Body: null, Recipe: { } path } statement) continue;
            if (Find(path) is not { } recipe || !Expand(rule, statement, recipe)) workspace.Broken.Add(rule);
        }
    }

    /// <summary>Recipes by name, each once.</summary>
    public static void Declare(Workspace workspace, PackScope scope)
    {
        foreach (var recipe in scope.Statements.OfType<RecipeStatement>())
        {
            if (!scope.Recipes.TryAdd(recipe.Name.Text, recipe))
                workspace.Add(NameErrors.DeclaredTwice(recipe.Name.Span, "recipe", recipe.Name.Text, scope.Recipes[recipe.Name.Text].Name.Span));
            foreach (var twice in recipe.Parameters.GroupBy(p => p.Name.Text).Where(g => g.Count() > 1))
                workspace.Add(NameErrors.DeclaredTwice(twice.Last().Name.Span, "parameter", twice.Key, twice.First().Name.Span));
        }
    }

    private RecipeStatement? Find(Path path)
    {
        var packs = path.Parts.Count == 1 ? scope.Visible : scope.Visible.Where(p => p.Pack.Name == path.Parts[0].Text);
        var found = packs.Select(p => p.Recipes.GetValueOrDefault(path.Parts[^1].Text)).OfType<RecipeStatement>().ToList();
        if (found.Count == 1) return found[0];
        if (found.Count > 1) workspace.Add(RecipeErrors.Several(path.Span, path.Text).Beside(found[0].Name.Span, "one").Beside(found[1].Name.Span, "the other"));
        else if (!scope.MayHaveMeant(path.Parts[^1].Text))
            workspace.Add(RecipeErrors.Unknown(path, scope.Visible.SelectMany(p => p.Recipes.Keys)));
        return null;
    }

    private bool Expand(RuleSymbol rule, RuleStatement statement, RecipeStatement recipe)
    {
        if (statement.Arguments.Count != recipe.Parameters.Count)
        {
            var span = statement.Recipe!.Span;
            workspace.Add(RecipeErrors.Count(span, recipe, statement.Arguments.Count).Beside(recipe.Name.Span, "declared here"));
            return false;
        }
        var inner = new PackScope(scope.Pack, scope);
        var fits = true;
        foreach (var (parameter, argument) in recipe.Parameters.Zip(statement.Arguments)) fits &= Bind(inner, parameter, argument);
        var measures = new List<MeasureSymbol>();
        foreach (var measure in recipe.Measures)
        {
            if (isOverLimit("measure", measure.Name.Span)) break;
            var symbol = new MeasureSymbol(scope.Pack, $"{rule.Name}.{measure.Name.Text}", measure.Name.Span);
            workspace.Declarations[symbol] = new Declaration(inner, measure);
            if ((scope.Values.Find(symbol.Name) ?? inner.Values.Declare(symbol, measure.Name.Text)) is { } first)
                workspace.Add(NameErrors.DeclaredTwice(measure.Name.Span, "measure", measure.Name.Text, first.Span));
            measures.Add(symbol);
        }
        if (!fits) return false;
        scope.Pack.Measures = [.. scope.Pack.Measures, .. measures];
        workspace.Declarations[rule] = new Declaration(inner, statement with { Body = recipe.Body, Clauses = Clauses(statement, recipe) });
        return true;
    }

    /// <summary>What the rule says itself stands in the place of what the recipe says.</summary>
    private static IReadOnlyList<ClauseSyntax> Clauses(RuleStatement statement, RecipeStatement recipe)
    {
        var said = statement.Clauses.Select(Kind).ToHashSet();
        return [.. statement.Clauses, .. recipe.Clauses.Where(c => !said.Contains(Kind(c)))];
    }

    private static Type Kind(ClauseSyntax clause) => clause is MetadataClause { Metadata: var metadata } ? metadata.GetType() : clause.GetType();

    private bool Bind(PackScope inner, ParameterSyntax parameter, ExpressionSyntax argument)
    {
        var named = (argument as PathSyntax)?.Path;
        switch (parameter.Type)
        {
            case { IsList: false, Optional: false, Name.Parts: [{ Quoted: false, Text: "event" }] }:
                if (named is null) workspace.Add(RecipeErrors.Argument(argument.Span, parameter.Name.Text, "the name of an event"));
                return named is not null && workspace.Names.Source(scope, named) is { } source && Entered(inner.Sources, source, parameter);
            case { IsList: false, Optional: false, Name.Parts: [{ Quoted: false, Text: "label" }] }:
                if (named is null) workspace.Add(RecipeErrors.Argument(argument.Span, parameter.Name.Text, "the name of a label"));
                return named is not null && workspace.Names.Label(scope, named) is { } label && Entered(inner.Labels, label, parameter);
            default:
                return Value(inner, parameter, argument, workspace.Types.Bind(scope, parameter.Type, TypePlace.Parameter));
        }
    }

    private static bool Entered<T>(NameTable<T> table, T symbol, ParameterSyntax parameter) where T : Symbol
    {
        table.Declare(symbol, parameter.Name.Text);
        return true;
    }

    /// <summary>A value is a let of the rule's own; for an entity the name of a field stands as well, as key or target.</summary>
    private bool Value(PackScope inner, ParameterSyntax parameter, ExpressionSyntax argument, PolicyType type)
    {
        if (type.Kind == TypeKind.Error) return false;
        if (type.Kind == TypeKind.Entity && argument is PathSyntax { Path: var field })
        {
            inner.Renamed[parameter.Name.Text] = field;
            return true;
        }
        var let = new LetSymbol(scope.Pack, parameter.Name.Text, argument.Span);
        workspace.Declarations[let] = new Declaration(scope, new LetStatement(argument.Span, parameter.Name, argument));
        inner.Values.Declare(let, parameter.Name.Text);
        workspace.Arguments.Add((let, type));
        return true;
    }

    /// <summary>Values are bound when lets are; then each has to be of its parameter's type.</summary>
    public static void CheckArguments(Workspace workspace)
    {
        foreach (var (let, type) in workspace.Arguments)
        {
            if (workspace.Lets.ValueOf(let) is not { } value) continue;
            if (Conversions.Literal(value, type) is { } converted) let.Value = converted;
            else
            {
                workspace.Add(RecipeErrors.Argument(let.Span, let.Name, Report.Describe(type)));
                let.Value = null;
            }
        }
    }
}
