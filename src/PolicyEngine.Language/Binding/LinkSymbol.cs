using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>A declared link. Links are not bound by this version: the name is known, so that its uses say nothing further.</summary>
internal sealed class LinkSymbol(PackSymbol pack, string name, TextSpan span) : Symbol(pack, name, span);
