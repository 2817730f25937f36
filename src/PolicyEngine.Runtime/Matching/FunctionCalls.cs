using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Runtime.Matching;

/// <summary>The functions of the language over values; missing when an argument is (E2). Texts and lists they make live in the scratch.</summary>
internal sealed class FunctionCalls(PreparedNodes prepared, TextScratch scratch)
{
    public Value Call(Node node, in Value first, in Value second)
    {
        if (first.IsMissing) return Value.Missing;
        switch ((PlanFunction)node.Target)
        {
            case PlanFunction.Normalise:
                scratch.Buffer.Clear();
                Normalise.Apply(first.Utf8, scratch.Buffer);
                return scratch.TakeBuffer();
            case PlanFunction.Template:
                return Value.OfLong(ValueKind.Fingerprint, (long)Template.Fingerprint(first.Utf8));
            case PlanFunction.Similarity:
                return second.IsMissing ? Value.Missing : Value.OfDouble(node.Kind, Similarity.Compare(first.Utf8, second.Utf8));
            case PlanFunction.Words:
                return Words(first.Utf8);
            case PlanFunction.Ngrams:
                return second.IsMissing ? Value.Missing : Ngrams(first.Utf8, second.Long);
            case PlanFunction.DomainOf:
                scratch.Buffer.Clear();
                return TextFunctions.TryAppendDomain(first.Utf8, scratch.Buffer) ? scratch.TakeBuffer() : Value.Missing;
            case PlanFunction.DomainsIn:
                return DomainsIn(first.Utf8);
            case PlanFunction.Length:
                return Value.OfLong(node.Kind, first.Kind == ValueKind.List ? first.Count : Utf8Text.Length(first.Utf8));
            case PlanFunction.Occurrences:
                return Value.OfLong(node.Kind, prepared.Matcher(node.Id).Count(first.Utf8, out _));
            case PlanFunction.Subnet:
                return Subnet(first, second);
            case PlanFunction.HourOf:
                return Value.OfLong(node.Kind, TimeFunctions.HourOf(first.Long, prepared.Zone(node.Id)));
            case PlanFunction.WeekdayOf:
                return Value.OfLong(node.Kind, TimeFunctions.WeekdayOf(first.Long, prepared.Zone(node.Id)));
            case PlanFunction.Slot:
                return !second.IsMissing && TimeFunctions.TrySlot(first.Long, second.Long, out var slot) ? Value.OfLong(node.Kind, slot) : Value.Missing;
            case PlanFunction.Abs:
                return Arithmetic.Abs(node.Kind, first);
            case PlanFunction.NumberOf:
                return JsonNumber.TryNumber(first.Utf8, out var number) ? Value.OfDouble(node.Kind, number) : Value.Missing;
            case PlanFunction.IpOf:
                return IpValue.TryParse(first.Utf8, out var address) ? Value.OfIp(address.Bits) : Value.Missing;
            case PlanFunction.Round:
                return Arithmetic.Round(first);
            default:
                throw new ArgumentOutOfRangeException(nameof(node), node.Target, "a function of one or two arguments was expected");
        }
    }

    /// <summary>Kilometres between two points in degrees; missing where one is none.</summary>
    public static Value Distance(ValueKind kind, in Value latitudeA, in Value longitudeA, in Value latitudeB, in Value longitudeB)
    {
        if (latitudeA.IsMissing || longitudeA.IsMissing || latitudeB.IsMissing || longitudeB.IsMissing) return Value.Missing;
        return Geography.TryDistance(latitudeA.AsDouble, longitudeA.AsDouble, latitudeB.AsDouble, longitudeB.AsDouble, out var kilometres)
            ? Value.OfDouble(kind, kilometres) : Value.Missing;
    }

    public Value ToText(in Value value)
    {
        if (value.IsMissing) return Value.Missing;
        scratch.Buffer.Clear();
        value.Stand(scratch.Buffer);
        return scratch.TakeBuffer();
    }

    public static Value Subnet(in Value ip, in Value bits) =>
        !bits.IsMissing && CidrValue.TryCreate(ip.Ip, bits.Long, out var network)
            ? Value.OfCidr(network.Network.Bits, network.PrefixLength) : Value.Missing;

    private Value Words(ReadOnlySpan<byte> text)
    {
        var list = new ListBuilder(scratch);
        foreach (var word in TextFunctions.Words(text))
            list.Add(word.Of(text));
        return list.Take();
    }

    private Value Ngrams(ReadOnlySpan<byte> text, long n)
    {
        var list = new ListBuilder(scratch);
        foreach (var run in TextFunctions.Ngrams(text, n))
            list.Add(run.Of(text));
        return list.Take();
    }

    private Value DomainsIn(ReadOnlySpan<byte> text)
    {
        var list = new ListBuilder(scratch);
        foreach (var domain in TextFunctions.DomainsIn(text))
        {
            scratch.Buffer.Clear();
            TextFunctions.AppendLower(domain.Of(text), scratch.Buffer);
            list.Add(scratch.Buffer.Written);
        }
        return list.Take();
    }
}
