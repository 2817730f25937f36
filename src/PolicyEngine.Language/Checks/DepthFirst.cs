namespace PolicyEngine.Language.Checks;

/// <summary>Walks a graph of dependencies without recursion: packs may be long.</summary>
internal sealed class DepthFirst(DependencyGraph graph)
{
    /// <summary>Every node after all that it waits for, circles apart.</summary>
    public IReadOnlyList<DependencyNode> BottomUp()
    {
        var seen = new HashSet<DependencyNode>();
        var result = new List<DependencyNode>();
        var open = new Stack<(DependencyNode Node, int Next)>();
        foreach (var root in graph.Nodes)
        {
            if (seen.Add(root)) open.Push((root, 0));
            while (open.TryPop(out var top))
            {
                var edges = graph.ReadsOf(top.Node);
                if (top.Next == edges.Count) result.Add(top.Node);
                else
                {
                    open.Push((top.Node, top.Next + 1));
                    if (seen.Add(edges[top.Next].Read)) open.Push((edges[top.Next].Read, 0));
                }
            }
        }
        return result;
    }
}
