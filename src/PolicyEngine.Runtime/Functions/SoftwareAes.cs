using System.Runtime.Intrinsics;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// One AES encryption round (substitute, shift rows, mix columns, add key) as the processor instruction does it.
/// </summary>
internal static class SoftwareAes
{
    private static readonly byte[] Substitution = BuildSubstitution();

    internal static Vector128<byte> Round(Vector128<byte> state, Vector128<byte> key)
    {
        Span<byte> input = stackalloc byte[16];
        Span<byte> output = stackalloc byte[16];
        state.CopyTo(input);
        for (var column = 0; column < 4; column++)
        {
            // Row r of a column comes from r columns further on.
            var a = Substitution[input[4 * column]];
            var b = Substitution[input[(4 * column + 5) & 15]];
            var c = Substitution[input[(4 * column + 10) & 15]];
            var d = Substitution[input[(4 * column + 15) & 15]];
            var all = (byte)(a ^ b ^ c ^ d);
            output[4 * column] = (byte)(a ^ all ^ Double((byte)(a ^ b)));
            output[4 * column + 1] = (byte)(b ^ all ^ Double((byte)(b ^ c)));
            output[4 * column + 2] = (byte)(c ^ all ^ Double((byte)(c ^ d)));
            output[4 * column + 3] = (byte)(d ^ all ^ Double((byte)(d ^ a)));
        }
        return Vector128.Create<byte>(output) ^ key;
    }

    private static byte Double(byte value) => (byte)((value << 1) ^ ((value >> 7) * 0x1B));

    private static byte[] BuildSubstitution()
    {
        var table = new byte[256];
        byte p = 1, q = 1;
        do
        {
            // p runs through the field as powers of 3, q through their inverses.
            p = (byte)(p ^ Double(p));
            q ^= (byte)(q << 1);
            q ^= (byte)(q << 2);
            q ^= (byte)(q << 4);
            q ^= (byte)((q >> 7) * 0x09);
            table[p] = (byte)(q ^ Rotate(q, 1) ^ Rotate(q, 2) ^ Rotate(q, 3) ^ Rotate(q, 4) ^ 0x63);
        }
        while (p != 1);
        table[0] = 0x63;
        return table;
    }

    private static byte Rotate(byte value, int bits) => (byte)((value << bits) | (value >> (8 - bits)));
}
