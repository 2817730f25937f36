using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// What follows a value in lines seen so far. The way from the root to here is the beginning of a line that the reference reader took,
/// so its names are all different, its nesting is right and its depth allowed.
/// </summary>
internal sealed class Shape
{
    public List<ShapeStep> Steps { get; } = [];
}

/// <summary>
/// The bytes from the end of one scalar to the begin of the next, such as `,"account":` or `},"proc":{"parent":`; at the end of a line,
/// to its end.
/// </summary>
internal sealed class ShapeStep
{
    private const int Width = 32;

    private readonly byte[] bytes;
    private readonly Vector256<byte> pattern;
    private readonly Vector256<byte> mask;

    public ShapeStep(ReadOnlySpan<byte> bytes, PathNode? node, int[] unknown, Shape? next)
    {
        this.bytes = bytes.ToArray();
        Node = node;
        Unknown = unknown;
        Next = next;
        Span<byte> padded = stackalloc byte[Width], ones = stackalloc byte[Width];
        padded.Clear();
        ones.Clear();
        var head = bytes[..Math.Min(Width, bytes.Length)];
        head.CopyTo(padded);
        ones[..head.Length].Fill(0xFF);
        pattern = Vector256.Create<byte>(padded);
        mask = Vector256.Create<byte>(ones);
    }

    /// <summary>Where the value goes; null: nowhere.</summary>
    public PathNode? Node { get; }

    /// <summary>Members that no schema names, met on the way to the value.</summary>
    public int[] Unknown { get; }

    /// <summary>Null: the line ends here.</summary>
    public Shape? Next { get; }

    public int Length => bytes.Length;

    public bool IsSame(ReadOnlySpan<byte> other) => bytes.AsSpan().SequenceEqual(other);

    /// <summary>The line goes on with these bytes. At least 64 bytes may be read from there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe bool Matches(byte* at, byte* end)
    {
        if (((Vector256.Load(at) ^ pattern) & mask) != Vector256<byte>.Zero) return false;
        if (bytes.Length > Width && !MatchesTail(at, end)) return false;
        // A blank after the colon belongs to another step, which has it.
        return Next is null ? at + bytes.Length == end : at[bytes.Length] > ' ';
    }

    private unsafe bool MatchesTail(byte* at, byte* end) =>
        end - at >= bytes.Length && new ReadOnlySpan<byte>(at + Width, bytes.Length - Width).SequenceEqual(bytes.AsSpan(Width));
}
