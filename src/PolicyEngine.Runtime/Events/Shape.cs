using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Events;

/// <summary>
/// What follows a value in lines seen so far. The way from the root to here is the beginning of a line that the reference reader took,
/// so its names are all different, its nesting is right and its depth allowed.
/// </summary>
internal sealed class Shape
{
    private ShapeStep[] steps = [];

    public ReadOnlySpan<ShapeStep> Steps => steps;

    /// <summary>The first of the steps: nearly always the one.</summary>
    public ShapeStep? First { get; private set; }

    public void Add(ShapeStep step)
    {
        steps = [.. steps, step];
        First ??= step;
    }

    /// <summary>What comes often moves to the front.</summary>
    public void Promote(int index)
    {
        (steps[index], steps[index - 1]) = (steps[index - 1], steps[index]);
        First = steps[0];
    }
}

/// <summary>What is to be done with the value behind a step; all but the last two are short ways of Any.</summary>
internal enum StepAction : byte { Skip, Text, Integer, Number, Ip, One, Frame, Any }

/// <summary>
/// The bytes from the end of one scalar to the begin of the next, such as `,"account":` or `},"proc":{"parent":`; at the end of a line,
/// to its end.
/// </summary>
internal sealed class ShapeStep
{
    private const int Width = 32;

    private readonly byte[] bytes;
    /// <summary>The first bytes, zeros behind them; and ones wherever they stand.</summary>
    private readonly byte[] pattern = new byte[2 * Width];

    public ShapeStep(ReadOnlySpan<byte> bytes, PathNode? node, int[] unknown, Shape? next)
    {
        this.bytes = bytes.ToArray();
        Length = bytes.Length;
        Node = node;
        Unknown = unknown;
        Next = next;
        var head = bytes[..Math.Min(Width, bytes.Length)];
        head.CopyTo(pattern);
        pattern.AsSpan(Width, head.Length).Fill(0xFF);
        Action = node is null ? StepAction.Skip : StepAction.Any;
    }

    /// <summary>A value that goes to one target only, whose path is one name, need not be claimed.</summary>
    public required IReadOnlyList<Target> Targets
    {
        init
        {
            if (Node is null) return;
            if (Node is { Targets: [], Frame: [var use], HasChildren: false }) (Action, Frame) = (StepAction.Frame, use);
            if (Node is not { Targets: [{ IsNested: true } only], Frame: [] } || Node.Name.Contains('.', StringComparison.Ordinal)) return;
            Target = only.Target;
            // Rows gather the targets of the first word in a register.
            Bit = Target < 64 ? 1UL << Target : 0;
            Action = Bit == 0 ? StepAction.One : value[Target].Kind switch
            {
                ValueKind.Text or ValueKind.Entity => StepAction.Text,
                ValueKind.Integer => StepAction.Integer,
                ValueKind.Number => StepAction.Number,
                ValueKind.Ip => StepAction.Ip,
                ValueKind.List => StepAction.Any,
                _ => StepAction.One,
            };
        }
    }

    public StepAction Action { get; private set; }

    /// <summary>Text to One: the target.</summary>
    public int Target { get; private set; }

    /// <summary>Text to Ip: the bit of the target.</summary>
    public ulong Bit { get; private set; }

    public FrameUse Frame { get; private set; }

    /// <summary>Where the value goes; null: nowhere.</summary>
    public PathNode? Node { get; }

    /// <summary>Members that no schema names, met on the way to the value.</summary>
    public int[] Unknown { get; }

    /// <summary>Null: the line ends here.</summary>
    public Shape? Next { get; }

    public int Length { get; }

    public bool IsSame(ReadOnlySpan<byte> other) => bytes.AsSpan().SequenceEqual(other);

    /// <summary>The line goes on with these bytes. At least 64 bytes may be read from there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe bool Matches(byte* at, byte* end)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(pattern);
        var differing = (Vector256.Load(at) ^ Vector256.LoadUnsafe(ref first)) & Vector256.LoadUnsafe(ref first, Width);
        if (differing != Vector256<byte>.Zero) return false;
        if (Length > Width && !MatchesTail(at, end)) return false;
        // A blank after the colon belongs to another step, which has it.
        return Next is null ? at + Length == end : at[Length] > ' ';
    }

    private unsafe bool MatchesTail(byte* at, byte* end) =>
        end - at >= Length && new ReadOnlySpan<byte>(at + Width, Length - Width).SequenceEqual(bytes.AsSpan(Width));
}
