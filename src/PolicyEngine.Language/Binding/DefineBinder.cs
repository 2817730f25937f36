using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;

namespace PolicyEngine.Language.Binding;

/// <summary>Defines: their parameters, and a check of the body by itself, so that its errors are told once and where they are.</summary>
internal sealed class DefineBinder(Workspace workspace)
{
    public void BindParameters(DefineSymbol define)
    {
        var (scope, syntax) = workspace.Declarations[define];
        var parameters = new List<(string Name, PolicyType Type)>();
        foreach (var parameter in ((DefineStatement)syntax).Parameters)
        {
            var type = workspace.Types.Bind(scope, parameter.Type, TypePlace.Parameter);
            if (type.Kind == TypeKind.Error) workspace.Broken.Add(define);
            if (parameters.Exists(p => p.Name == parameter.Name.Text))
                workspace.Add(NameErrors.DeclaredTwice(parameter.Name.Span, "parameter", parameter.Name.Text, ((DefineStatement)syntax).Parameters[0].Name.Span));
            parameters.Add((parameter.Name.Text, type));
        }
        define.Parameters = parameters;
    }

    public void CheckBody(DefineSymbol define)
    {
        var (scope, syntax) = workspace.Declarations[define];
        var placeholders = new Dictionary<string, Expression>(StringComparer.Ordinal);
        foreach (var ((name, type), parameter) in define.Parameters.Zip(((DefineStatement)syntax).Parameters))
            placeholders[name] = new ParameterRead(type, parameter.Name.Span, name);
        var context = new ExpressionContext(scope, Hand.Nothing) { Parameters = placeholders, Defines = [define] };
        new ExpressionBinder(workspace, context).Bind(((DefineStatement)syntax).Body);
    }
}
