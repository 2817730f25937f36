using System.Globalization;
using System.Net;
using System.Text;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Compiler.Lowering;

/// <summary>Constants of the model as constants of the plan, and their canonical text.</summary>
internal static class ConstantText
{
    public static Constant Lower(LiteralExpression literal) => literal.Type.Kind switch
    {
        TypeKind.Boolean => new(ValueKind.Boolean) { Long = (bool)literal.Value ? 1 : 0 },
        TypeKind.Integer => new(ValueKind.Integer) { Long = (long)literal.Value },
        TypeKind.Time => new(ValueKind.Time) { Long = (long)literal.Value },
        TypeKind.Duration => new(ValueKind.Duration) { Long = (long)literal.Value },
        TypeKind.Number => new(ValueKind.Number) { Double = (double)literal.Value },
        TypeKind.Share => new(ValueKind.Share) { Double = (double)literal.Value },
        TypeKind.Rate => new(ValueKind.Rate) { Double = (double)literal.Value },
        TypeKind.Ip => new(ValueKind.Ip) { Ip = Bits((IPAddress)literal.Value) },
        TypeKind.Cidr => Cidr((IPNetwork)literal.Value),
        TypeKind.List => new(ValueKind.List) { Items = [.. ((IReadOnlyList<LiteralExpression>)literal.Value).Select(Lower)] },
        TypeKind.Text or TypeKind.Entity => new(ValueKind.Text) { Text = Encoding.UTF8.GetBytes((string)literal.Value) },
        _ => throw new InvalidOperationException($"a literal of type {literal.Type} reached the compiler"),
    };

    public static void Write(StringBuilder text, Constant constant)
    {
        text.Append('(').Append(constant.Kind).Append(' ');
        switch (constant.Kind)
        {
            case ValueKind.Text:
                text.Append(Convert.ToHexString(constant.Text));
                break;
            case ValueKind.Number or ValueKind.Share or ValueKind.Rate:
                text.Append(constant.Double.ToString("R", CultureInfo.InvariantCulture));
                break;
            case ValueKind.Ip or ValueKind.Cidr:
                text.Append(CultureInfo.InvariantCulture, $"{constant.Ip}/{constant.PrefixLength}");
                break;
            case ValueKind.List:
                foreach (var item in constant.Items) Write(text, item);
                break;
            default:
                text.Append(constant.Long);
                break;
        }
        text.Append(')');
    }

    private static Constant Cidr(IPNetwork network)
    {
        var isV4 = network.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;
        return new(ValueKind.Cidr) { Ip = Bits(network.BaseAddress), PrefixLength = network.PrefixLength + (isV4 ? 96 : 0) };
    }

    private static Bits128 Bits(IPAddress address)
    {
        var bits = Bits128.Zero;
        foreach (var octet in address.MapToIPv6().GetAddressBytes()) bits = (bits << 8) | new Bits128(0, octet);
        return bits;
    }
}
