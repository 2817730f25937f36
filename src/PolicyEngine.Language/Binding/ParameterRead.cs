using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>A parameter while its `define` is checked on its own. It never reaches the model: uses write the argument in its place.</summary>
internal sealed record ParameterRead(PolicyType Type, TextSpan Span, string Name) : Expression(Type, Span);
