using System.Globalization;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Compiler.Planning;

/// <summary>Definitions of links and of what ties members to values.</summary>
internal sealed partial class DefinitionText
{
    /// <summary>The name is part of a link's meaning: the ids of its groups are made of it.</summary>
    private void Link(LinkSymbol link)
    {
        Open(string.Create(CultureInfo.InvariantCulture, $"link {link.QualifiedName} {link.Entity.QualifiedName} {link.Length} {link.Step}"));
        foreach (var way in link.Ways)
        {
            Open(string.Create(CultureInfo.InvariantCulture, $"way {way.MoreThan} {way.WithoutLabel?.Name} {way.FewerThan}"));
            foreach (var source in way.Sources) Source(source);
            foreach (var key in way.Keys) ByEvent("key", key.ByEvent);
            ByEvent("member", way.Members);
            Close();
        }
        Close();
    }

    private void Edges(MeasureSymbol measure)
    {
        Open(string.Create(CultureInfo.InvariantCulture, $"edges {measure.Around!.Entity.QualifiedName} {measure.Window.Length} {measure.Window.Step}"));
        foreach (var source in measure.Sources) Source(source);
        foreach (var key in measure.Keys) ByEvent("key", key.ByEvent);
        ByEvent("member", measure.Around.Members);
        Close();
    }

    private void ByEvent(string word, IReadOnlyDictionary<EventSymbol, Expression> expressions)
    {
        Open(word);
        foreach (var (symbol, expression) in expressions.OrderBy(p => p.Key.QualifiedName, StringComparer.Ordinal))
        {
            _text.Append(symbol.OutsideName).Append('=');
            Write(expression);
        }
        Close();
    }
}
