using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>The steps of binding, in order: later ones lean on what earlier ones declared.</summary>
internal static class ModelBinder
{
    public static void Run(Workspace workspace)
    {
        new DeclarationCollector(workspace).Run();
        foreach (var scope in workspace.Packs) BindMetadata(workspace, scope);
        foreach (var list in All(workspace, p => p.Lists)) new ListBinder(workspace).BindType(list);
        foreach (var source in workspace.Packs.SelectMany(p => p.Sources.All)) workspace.Sources.Ensure(source);
        new ResponsesBinder(workspace).Run();
        foreach (var let in All(workspace, p => p.Lets)) workspace.Lets.ValueOf(let);
        RecipeExpansion.CheckArguments(workspace);
        foreach (var define in All(workspace, p => p.Defines)) new DefineBinder(workspace).BindParameters(define);
        foreach (var field in All(workspace, p => p.Events).SelectMany(e => e.Fields)) workspace.Fields.TypeOf(field);
        foreach (var link in All(workspace, p => p.Links)) new LinkBinder(workspace).Bind(link);
        foreach (var measure in All(workspace, p => p.Measures)) workspace.Measures.Ensure(measure);
        foreach (var define in All(workspace, p => p.Defines)) new DefineBinder(workspace).CheckBody(define);
        foreach (var list in All(workspace, p => p.Lists)) new ListBinder(workspace).BindEntries(list);
        foreach (var named in All(workspace, p => p.NamedEvents)) BindWhere(workspace, named);
        foreach (var measure in All(workspace, p => p.Measures)) workspace.Measures.BindBody(measure);
        foreach (var rule in All(workspace, p => p.Rules)) new RuleBinder(workspace).Bind(rule);
        foreach (var scope in workspace.Packs)
            foreach (var exception in scope.Statements.OfType<ExceptForStatement>()) new RuleBinder(workspace).Attach(scope, exception);
        foreach (var scope in workspace.Packs)
            scope.Pack.Tests = [.. scope.Statements.OfType<TestStatement>().Select(new TestBinder(workspace, scope).Bind)];
    }

    private static IEnumerable<T> All<T>(Workspace workspace, Func<PackSymbol, IEnumerable<T>> of) => workspace.Packs.SelectMany(p => of(p.Pack));

    private static void BindMetadata(Workspace workspace, PackScope scope)
    {
        var said = scope.Statements.OfType<PackStatement>().SelectMany(p => p.Metadata);
        scope.Pack.Metadata = new MetadataBinder(workspace).Bind(said, Model.Metadata.None);
    }

    private static void BindWhere(Workspace workspace, NamedEventSymbol named)
    {
        var (scope, syntax) = workspace.Declarations[named];
        if (((NamedEventStatement)syntax).Where is not { } where) return;
        named.Where = new ExpressionBinder(workspace, new ExpressionContext(scope, workspace.HandOf([named]))).BindCondition(where);
    }
}
