using System.Text;
using CsCheck;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Events;

/// <summary>The learned-shape scanner against the reference reader: the same cells, the same verdict in the same words, for every line.</summary>
public sealed class ScannerProperties
{
    private static readonly Plan Plan = Build();

    private static readonly string[] Names =
    [
        "who", "n", "x", "ok", "at", "ip", "tags", "proc", "proc.parent", "other", "unread",
        "id", "type", "time", "wh\\u006f", "long name of more than thirty-two bytes in all",
    ];

    private static readonly string[] Values =
    [
        "\"a\"", "\"\"", "\"b\\u0062\\n\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\x\"",
        "\"a long text that fills more than one vector of thirty-two bytes\"",
        "\"é€😀\"", "\"\u0001\"", "1", "-1", "0", "-0", "007", "12.5", "-0.0", "1.", ".5", "1e3", "1E400", "123456789012345678901",
        "9223372036854775807",
        "9223372036854775808", "0.1234567890123456789", "123456789012345.678", "true", "false", "null", "tru", "nul", "NaN",
        "\"10.0.0.1\"", "\"::1\"", "\"1970-01-01T00:00:01Z\"",
        "\"e\"", "\"f\"", "[]", "[\"a\"]", "[1]", "{}", "{\"parent\":\"p\"}", "{\"parent\":7}", "{\"parent\":null,\"child\":1}", "{\"a\":{\"parent\":1}}", "{\"a\":1,\"a\":1}",
    ];

    private static readonly string[] Blanks = ["", "", "", " ", "\t"];

    private static readonly Gen<string> Member = Gen.Select(Gen.Int[0, Names.Length - 1], Gen.Int[0, Values.Length - 1], Gen.Int[0, 4], Gen.Int[0, 4],
        (name, value, before, after) => $"{Blanks[before]}\"{Names[name]}\":{Blanks[after]}{Values[value]}");

    private static readonly Gen<string> Line = Gen.Select(Gen.Int[0, 3], Member.Array[0, 6], Gen.Int[0, 9],
        (frame, members, end) => $"{{{Frame(frame)}{string.Join(',', members)}}}{(end == 0 ? " " : end == 1 ? "x" : "")}");

    private static Plan Build()
    {
        var builder = new PlanBuilder { Limits = new EngineLimits { Depth = 6 } };
        builder.Column("who", ValueKind.Entity);
        builder.Column("n", ValueKind.Integer);
        builder.Column("x", ValueKind.Number);
        builder.Column("ok", ValueKind.Boolean);
        builder.Column("at", ValueKind.Time);
        builder.Column("ip", ValueKind.Ip);
        builder.Column("tags", ValueKind.List, element: ValueKind.Text);
        builder.Column("proc/parent", ValueKind.Text);
        builder.Column("x", ValueKind.Integer);
        builder.Column("y", ValueKind.Number);
        builder.Event("e", ("who?", 0), ("n?", 1), ("x?", 2), ("ok?", 3), ("at?", 4), ("ip?", 5), ("tags?", 6), ("proc.parent?", 7), ("y?", 9));
        builder.Event("f", [
            PlanBuilder.Field("x", ["x"], ValueKind.Integer, 8),
            PlanBuilder.Field("unread?", ["unread"], ValueKind.Integer, -1)]);
        return builder.Build();
    }

    private static string Frame(int kind) => kind switch
    {
        0 => """ "id":"1","type":"e","time":0, """.Trim(),
        1 => """ "id":"1","type":"f","time":"1970-01-01T00:00:00.0001Z", """.Trim(),
        2 => """ "time":5,"id":"\u0031","type":"f","x":1, """.Trim(),
        _ => "",
    };

    [Fact]
    public void The_scanner_reads_every_line_as_the_reference_does() =>
        Gen.Select(Line.Array[1, 40], Gen.Int[0, 1000], Gen.Byte).Sample((lines, where, what) =>
        {
            var scanner = new Reading(usesShapes: true);
            var reference = new Reading(usesShapes: false);
            // Every line comes twice, so that the second time its shape is known, and once more with a byte changed.
            foreach (var line in lines.Concat(lines))
                if (scanner.Read(Encoding.UTF8.GetBytes(line)) != reference.Read(Encoding.UTF8.GetBytes(line))) return false;
            foreach (var line in lines)
            {
                var bytes = Encoding.UTF8.GetBytes(line);
                bytes[where % bytes.Length] = what;
                if (scanner.Read(bytes) != reference.Read(bytes)) return false;
            }
            return scanner.Unknown == reference.Unknown;
        }, iter: 400);

    [Fact]
    public void A_cut_line_is_never_read_with_what_lies_behind_it()
    {
        var scanner = new Reading(usesShapes: true);
        var reference = new Reading(usesShapes: false);
        var line = Encoding.UTF8.GetBytes("""{"id":"1","type":"e","time":0,"who":"a text of some length, more than 32","n":12,"ok":true,"x":null}""");
        Assert.Contains("who=", scanner.Read(line), StringComparison.Ordinal);
        for (var length = 0; length <= line.Length; length++)
            Assert.Equal(reference.Read(line[..length]), scanner.Read(line[..length]));
    }

    [Fact]
    public void Numbers_of_every_length_are_read_to_the_last_digit()
    {
        const string Digits = "98765432109876543210";
        var scanner = new Reading(usesShapes: true);
        var reference = new Reading(usesShapes: false);
        for (var whole = 1; whole <= 18; whole++)
            for (var below = 0; below <= 18; below++)
                foreach (var sign in (string[])["", "-"])
                {
                    var number = sign + Digits[..whole] + (below > 0 ? $".{Digits[1..(below + 1)]}" : "");
                    var line = Encoding.UTF8.GetBytes($$"""{"id":"1","type":"e","time":0,"n":{{sign}}{{Digits[..whole]}},"y":{{number}}}""");
                    var read = scanner.Read(line);
                    Assert.Equal(reference.Read(line), read);
                    Assert.Contains($"{sign}{Digits[..whole]}", read, StringComparison.Ordinal);
                }
    }

    [Fact]
    public void Members_in_random_order_are_read_all_the_same_once_the_shapes_are_full() =>
        Gen.Shuffle(Enumerable.Range(0, 12).ToArray()).Array[400].Sample(orders =>
        {
            var scanner = new Reading(usesShapes: true);
            var reference = new Reading(usesShapes: false);
            foreach (var order in orders)
            {
                var members = string.Concat(order.Select(i => $",\"k{i}\":{i}"));
                var line = Encoding.UTF8.GetBytes($$"""{"id":"1","type":"e","time":0{{members}}}""");
                if (scanner.Read(line) != reference.Read(line)) return false;
            }
            return scanner.Unknown == reference.Unknown;
        }, iter: 4);

    private sealed class Reading(bool usesShapes)
    {
        private readonly EventBatch batch = new(Plan, 4);
        private readonly UnknownNames unknown = new();
        private EventDecoder? decoder;

        public string Unknown => string.Join(' ', unknown.ToDictionary());

        public string Read(byte[] line)
        {
            decoder ??= new EventDecoder(Plan, unknown) { UsesShapes = usesShapes };
            batch.Clear();
            var reason = decoder.Append(batch, line, idsFromContent: false);
            if (reason is not null) return $"{reason}: {decoder.Detail}";
            var cells = Enumerable.Range(0, Plan.Columns.Count).Select(c => Cells.Show(Plan, batch, c, 0));
            return $"{Encoding.UTF8.GetString(batch.Id(0))} {batch.Types[0]} {batch.Times[0]} {batch.Sequences[0]} {string.Join(' ', cells)}";
        }
    }
}
