namespace PolicyEngine.Language.Checks;

/// <summary>Finds the knots of a graph of dependencies, and in each the shortest circle from its first node.</summary>
internal sealed class CircleSearch(DependencyGraph graph)
{
    public IReadOnlyList<IReadOnlyList<DependencyEdge>> Run()
    {
        var knots = Knots();
        var circles = new List<IReadOnlyList<DependencyEdge>>();
        var told = new HashSet<int>();
        foreach (var node in graph.Nodes)
        {
            if (!told.Contains(knots[node]) && Shortest(node, knots) is { } circle && told.Add(knots[node])) circles.Add(circle);
        }
        return circles;
    }

    /// <summary>The number of the knot each node belongs to: nodes of one knot reach one another.</summary>
    private Dictionary<DependencyNode, int> Knots()
    {
        // Walked backwards along the edges in the reverse of the bottom-up order, each start reaches exactly its knot.
        var readers = graph.Nodes.SelectMany(graph.ReadsOf).ToLookup(e => e.Read, e => e.Reader);
        var knots = new Dictionary<DependencyNode, int>();
        var open = new Stack<DependencyNode>();
        foreach (var start in new DepthFirst(graph).BottomUp().Reverse())
        {
            if (!knots.TryAdd(start, knots.Count)) continue;
            open.Push(start);
            while (open.TryPop(out var node))
                foreach (var reader in readers[node])
                    if (knots.TryAdd(reader, knots[start])) open.Push(reader);
        }
        return knots;
    }

    private List<DependencyEdge>? Shortest(DependencyNode start, Dictionary<DependencyNode, int> knots)
    {
        var from = new Dictionary<DependencyNode, DependencyEdge>();
        var open = new Queue<DependencyNode>([start]);
        while (open.TryDequeue(out var node))
        {
            foreach (var edge in graph.ReadsOf(node).Where(e => knots[e.Read] == knots[start]))
            {
                if (!from.TryAdd(edge.Read, edge)) continue;
                if (edge.Read == start) return Back(start, from);
                open.Enqueue(edge.Read);
            }
        }
        return null;
    }

    private static List<DependencyEdge> Back(DependencyNode start, Dictionary<DependencyNode, DependencyEdge> from)
    {
        var row = new List<DependencyEdge>();
        var edge = from[start];
        for (row.Add(edge); edge.Reader != start; row.Add(edge)) edge = from[edge.Reader];
        row.Reverse();
        return row;
    }
}
