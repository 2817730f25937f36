namespace PolicyEngine.Runtime.Measures;

/// <summary>
/// Sorted bags of numbers that answer "the k-th smallest": treaps whose nodes share one array. The priority of a node is a hash of its
/// number, so that no input can unbalance them; the shape decides no result. Node 0 is "none".
/// </summary>
internal sealed class OrderedValues
{
    private struct Node
    {
        public long Value;
        public int Left;
        public int Right;
        /// <summary>Values below and in this node, with repetitions.</summary>
        public int Size;
        public int Repetitions;
    }

    private Node[] _nodes = new Node[64];
    private int _used = 1;
    private int _free;

    public long Bytes => _nodes.LongLength * System.Runtime.CompilerServices.Unsafe.SizeOf<Node>();

    public int Size(int root) => _nodes[root].Size;

    /// <summary>The new root.</summary>
    public int Add(int root, long value)
    {
        if (root == 0)
            return NewNode(value);
        if (value == _nodes[root].Value)
        {
            _nodes[root].Repetitions++;
        }
        else if (value < _nodes[root].Value)
        {
            var left = Add(_nodes[root].Left, value);
            _nodes[root].Left = left;
            if (Priority(left) > Priority(root))
                root = RotateRight(root);
        }
        else
        {
            var right = Add(_nodes[root].Right, value);
            _nodes[root].Right = right;
            if (Priority(right) > Priority(root))
                root = RotateLeft(root);
        }
        Measure(root);
        return root;
    }

    /// <summary>Takes out one repetition of a value that is there; the new root.</summary>
    public int Remove(int root, long value)
    {
        ref var node = ref _nodes[root];
        if (value < node.Value)
        {
            node.Left = Remove(node.Left, value);
        }
        else if (value > node.Value)
        {
            node.Right = Remove(node.Right, value);
        }
        else if (--node.Repetitions == 0)
        {
            var merged = Merge(node.Left, node.Right);
            node.Right = _free;
            _free = root;
            return merged;
        }
        Measure(root);
        return root;
    }

    /// <summary>The value at a rank from 1 to the size.</summary>
    public long Select(int root, long rank)
    {
        while (true)
        {
            ref var node = ref _nodes[root];
            var below = _nodes[node.Left].Size;
            if (rank <= below)
            {
                root = node.Left;
            }
            else if (rank <= below + node.Repetitions)
            {
                return node.Value;
            }
            else
            {
                rank -= below + node.Repetitions;
                root = node.Right;
            }
        }
    }

    private int NewNode(long value)
    {
        var node = _free;
        if (node != 0)
        {
            _free = _nodes[node].Right;
        }
        else
        {
            if (_used == _nodes.Length)
                Array.Resize(ref _nodes, _nodes.Length * 2);
            node = _used++;
        }
        _nodes[node] = new Node { Value = value, Size = 1, Repetitions = 1 };
        return node;
    }

    private int Merge(int left, int right)
    {
        if (left == 0 || right == 0)
            return left + right;
        if (Priority(left) > Priority(right))
        {
            _nodes[left].Right = Merge(_nodes[left].Right, right);
            Measure(left);
            return left;
        }
        _nodes[right].Left = Merge(left, _nodes[right].Left);
        Measure(right);
        return right;
    }

    private int RotateRight(int root)
    {
        var left = _nodes[root].Left;
        _nodes[root].Left = _nodes[left].Right;
        _nodes[left].Right = root;
        Measure(root);
        return left;
    }

    private int RotateLeft(int root)
    {
        var right = _nodes[root].Right;
        _nodes[root].Right = _nodes[right].Left;
        _nodes[right].Left = root;
        Measure(root);
        return right;
    }

    private void Measure(int root)
    {
        ref var node = ref _nodes[root];
        node.Size = _nodes[node.Left].Size + _nodes[node.Right].Size + node.Repetitions;
    }

    private static uint Priority(int node)
    {
        var hash = (uint)node * 0x9E37_79B9u;
        hash = (hash ^ hash >> 15) * 0x85EB_CA6Bu;
        return hash ^ hash >> 13;
    }
}
