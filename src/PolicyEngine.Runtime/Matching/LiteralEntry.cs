using System.Runtime.InteropServices;

namespace PolicyEngine.Runtime.Matching;

/// <summary>One literal in its list: what is compared first stands here, so that most comparisons touch nothing else.</summary>
/// <param name="Head">The first eight bytes.</param>
/// <param name="HeadMask">Which of them the literal has.</param>
/// <param name="Start">Where the literal stands in <see cref="LiteralIndex.Texts"/>.</param>
/// <param name="Offset">How far into the literal the bytes stand under which it is filed.</param>
/// <param name="MostBefore">How many bytes may stand before it in the text: none, or any number.</param>
/// <param name="MostBehind">The same of those behind it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LiteralEntry(
    ulong Head, ulong HeadMask, int Literal, int Start, int Length, int Offset, int MostBefore, int MostBehind)
{
    public const int HeadLength = 8;

    public bool IsLast { get; init; }
}
