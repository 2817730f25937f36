using System.Text.Json;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Matching;

/// <summary>Values as readers see them in texts (E9) and as evidence keeps them, in full (K3).</summary>
public static class ValueText
{
    private const int FingerprintLength = 16;

    /// <summary>Appends the value as texts show it: three decimals at most, shares as percentages, missing as `unknown`.</summary>
    public static void Display(this in Value value, TextBuffer output)
    {
        switch (value.Kind)
        {
            case ValueKind.Missing or ValueKind.Null:
                DisplayFormat.AppendMissing(output);
                break;
            case ValueKind.Boolean:
                DisplayFormat.AppendBoolean(value.IsTrue, output);
                break;
            case ValueKind.Integer:
                DisplayFormat.AppendInteger(value.Long, output);
                break;
            case ValueKind.Number:
                DisplayFormat.AppendNumber(value.Double, output);
                break;
            case ValueKind.Share:
                DisplayFormat.AppendShare(value.Double, output);
                break;
            case ValueKind.Rate:
                DisplayFormat.AppendRate(value.Double, output);
                break;
            case ValueKind.Duration:
                DisplayFormat.AppendDuration(value.Long, output);
                break;
            case ValueKind.Time:
                DisplayFormat.AppendTime(value.Long, output);
                break;
            case ValueKind.List:
                DisplayList(value, output);
                break;
            default:
                Stand(value, output);
                break;
        }
    }

    /// <summary>Appends the text that stands for a value as such: an entity's id, an address, a fingerprint's 16 hexadecimal digits.</summary>
    public static void Stand(this in Value value, TextBuffer output)
    {
        switch (value.Kind)
        {
            case ValueKind.Text or ValueKind.Entity:
                output.Append(value.Utf8);
                break;
            case ValueKind.Ip:
                DisplayFormat.AppendIp(value.Ip, output);
                break;
            case ValueKind.Cidr:
                if (CidrValue.TryCreate(value.Ip, CidrBits(value), out var network)) DisplayFormat.AppendCidr(network, output);
                break;
            case ValueKind.Fingerprint:
                output.Advance(Template.Format((ulong)value.Long, output.Reserve(FingerprintLength)));
                break;
            default:
                value.Display(output);
                break;
        }
    }

    /// <summary>Writes the full value: numbers and booleans as such, missing as null, a list as an array, all else as text.</summary>
    public static void WriteJson(this in Value value, Utf8JsonWriter writer, TextBuffer scratch)
    {
        switch (value.Kind)
        {
            case ValueKind.Missing or ValueKind.Null:
                writer.WriteNullValue();
                break;
            case ValueKind.Boolean:
                writer.WriteBooleanValue(value.IsTrue);
                break;
            case ValueKind.Integer:
                writer.WriteNumberValue(value.Long);
                break;
            case ValueKind.Number or ValueKind.Share:
                writer.WriteNumberValue(value.Double);
                break;
            case ValueKind.List:
                writer.WriteStartArray();
                for (var i = 0; i < value.Count; i++)
                    value.Item(i).WriteJson(writer, scratch);
                writer.WriteEndArray();
                break;
            default:
                scratch.Clear();
                value.Stand(scratch);
                writer.WriteStringValue(scratch.Written);
                break;
        }
    }

    public static string ToText(this in Value value)
    {
        var output = new TextBuffer();
        value.Display(output);
        return output.ToString();
    }

    /// <summary>The prefix length as it is written: /24 of an IPv4 network is 120 on the 128-bit scale.</summary>
    private static int CidrBits(in Value value) => value.Ip.IsV4 && value.PrefixLength >= 96 ? value.PrefixLength - 96 : value.PrefixLength;

    private static void DisplayList(in Value value, TextBuffer output)
    {
        for (var i = 0; i < value.Count; i++)
        {
            if (i > 0) output.Append(", "u8);
            value.Item(i).Display(output);
        }
    }
}
