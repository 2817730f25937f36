using System.Text;
using PolicyEngine.Runtime.Events;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Runtime.Tests.Events;

public sealed class DecoderTests
{
    private const string Frame = """ "id":"1","type":"e","time":0""";

    private static readonly Plan Plan = Build();
    private readonly EventBatch batch = new(Plan, 8);
    private readonly EventDecoder decoder = new(Plan);

    private static Plan Build()
    {
        var builder = new PlanBuilder { Limits = new EngineLimits { LineBytes = 1 << 20, Depth = 8 } };
        builder.Column("who", ValueKind.Entity);
        builder.Column("n", ValueKind.Integer);
        builder.Column("x", ValueKind.Number);
        builder.Column("ok", ValueKind.Boolean);
        builder.Column("at", ValueKind.Time);
        builder.Column("span", ValueKind.Duration);
        builder.Column("ip", ValueKind.Ip);
        builder.Column("net", ValueKind.Cidr);
        builder.Column("tags", ValueKind.List, element: ValueKind.Text);
        builder.Column("proc/parent", ValueKind.Text);
        builder.Event(
            "e", ("who?", 0), ("n?", 1), ("x?", 2), ("ok?", 3), ("at?", 4), ("span?", 5), ("ip?", 6), ("net?", 7), ("tags?", 8), ("proc.parent?", 9));
        builder.Event("strict", [
            PlanBuilder.Field("who", ["who"], ValueKind.Entity, 0),
            PlanBuilder.Field("unread", ["unread"], ValueKind.Integer, -1)]);
        builder.Event("mapped", Array.Empty<FieldPlan>())
            .With("mapped", t => t with { TimePath = ["@timestamp"], IdPath = ["meta", "id"], SequencePath = ["seq"] });
        return builder.Build();
    }

    private string Decode(string json) => Decode(Encoding.UTF8.GetBytes(json));

    private string Decode(byte[] line)
    {
        batch.Clear();
        var reason = decoder.Append(batch, line, idsFromContent: false);
        if (reason is not null) return $"{reason}: {decoder.Detail}";
        foreach (var column in batch.Columns) column.Arena = batch.Text;
        return string.Join(' ', Enumerable.Range(0, batch.Columns.Length).Select(c => Cells.Show(Plan, batch, c, 0)).Where(c => c.Length > 0));
    }

    [Theory]
    [InlineData("""  "who":"a\u0062\n\ud83d\ude00" """, "who=ab\n😀")]
    [InlineData("""  "who":"" """, "who=")]
    [InlineData("""  "who":null """, "who=null")]
    [InlineData("""  "wh\u006f":"x" """, "who=x")]
    [InlineData("""  "n":-9223372036854775808 """, "n=-9223372036854775808")]
    [InlineData("""  "n":1.50e1 """, "n=15")]
    [InlineData("""  "n":1000e-3 """, "n=1")]
    [InlineData("""  "n":-0 """, "n=0")]
    [InlineData("""  "n":0e99999999999 """, "n=0")]
    [InlineData("""  "x":0.1 """, "x=0.1")]
    [InlineData("""  "x":-0.0 """, "x=0")]
    [InlineData("""  "x":7 """, "x=7")]
    [InlineData("""  "x":1e308 """, "x=1E+308")]
    [InlineData("""  "ok":true """, "ok=true")]
    [InlineData("""  "ok":false """, "ok=false")]
    [InlineData("""  "at":"1970-01-01T00:00:01.5Z" """, "at=1500")]
    [InlineData("""  "at":-5 """, "at=-5")]
    [InlineData("""  "span":"1h30m" """, "span=5400000")]
    [InlineData("""  "span":250 """, "span=250")]
    [InlineData("""  "ip":"::ffff:10.0.0.1" """, "ip=10.0.0.1")]
    [InlineData("""  "net":"10.1.2.3/8" """, "net=10.0.0.0/8")]
    [InlineData("""  "tags":["a","\u0062",""] """, "tags=[a,b,]")]
    [InlineData("""  "tags":[] """, "tags=[]")]
    [InlineData("""  "tags":null """, "tags=null")]
    [InlineData("""  "proc":{"parent":"p"} """, "proc.parent=p")]
    [InlineData("""  "proc.parent":"p" """, "proc.parent=p")]
    [InlineData("""  "proc":{"parent":"in"},"proc.parent":"flat" """, "proc.parent=in")]
    [InlineData("""  "proc.parent":5,"proc":{"parent":"in"} """, "proc.parent=in")]
    [InlineData("""  "proc.parent":"flat","proc":{"parent":null} """, "proc.parent=null")]
    [InlineData("""  "proc":"text" """, "")]
    [InlineData("""  "other":{"who":[1,{"n":2}]} """, "")]
    public void A_value_comes_as_its_kind(string member, string expected) => Assert.Equal(expected, Decode($"{{{Frame},{member}}}"));

    [Theory]
    [InlineData("n", "1.5")]
    [InlineData("n", "9223372036854775808")]
    [InlineData("n", "-9223372036854775809")]
    [InlineData("n", "1e19")]
    [InlineData("n", "1e-1")]
    [InlineData("n", "\"1\"")]
    [InlineData("x", "1e309")]
    [InlineData("x", "\"NaN\"")]
    [InlineData("ok", "1")]
    [InlineData("at", "\"yesterday\"")]
    [InlineData("at", "999999999999999")]
    [InlineData("span", "\"90m1h\"")]
    [InlineData("span", "\"\"")]
    [InlineData("span", "1.5")]
    [InlineData("ip", "\"10.0.0\"")]
    [InlineData("ip", "7")]
    [InlineData("net", "\"10.0.0.0/33\"")]
    [InlineData("who", "7")]
    [InlineData("who", "{}")]
    [InlineData("who", "[\"a\"]")]
    [InlineData("tags", "\"a\"")]
    [InlineData("tags", "[1]")]
    [InlineData("tags", "[\"a\",null]")]
    [InlineData("tags", "[[\"a\"]]")]
    [InlineData("tags", "{}")]
    public void A_value_of_another_kind_is_refused_by_name(string field, string value) =>
        Assert.StartsWith($"wrong_type: `{field}` should be ", Decode($"{{{Frame},\"{field}\":{value}}}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"id":"1","type":"e"}""", "no_time: there is no `time`")]
    [InlineData("""{"id":"1","type":"e","time":null}""", "no_time: there is no `time`")]
    [InlineData("""{"id":"1","type":"e","time":"noon"}""", "bad_time: `time` should be a time (RFC 3339 text or milliseconds since 1970), not `noon`")]
    [InlineData("""{"id":"1","type":"e","time":1.5}""", "bad_time: `time` should be a time (RFC 3339 text or milliseconds since 1970), not `1.5`")]
    [InlineData("""{"type":"e","time":0}""", "no_id: there is no `id`")]
    [InlineData("""{"id":7,"type":"e","time":0}""", "wrong_type: `id` should be text")]
    [InlineData("""{"id":"1","time":0}""", "unknown_type: there is no `type`")]
    [InlineData("""{"id":"1","time":0,"type":"nope"}""", "unknown_type: no event is called `nope`")]
    [InlineData("""{"id":"1","time":0,"type":"strict"}""", "missing_field: `who` is missing")]
    [InlineData("""{"id":"1","time":0,"type":"strict","who":null}""", "missing_field: `who` is null")]
    [InlineData("""{"id":"1","time":0,"type":"strict","who":"a"}""", "missing_field: `unread` is missing")]
    [InlineData("""{"id":"1","time":0,"type":"strict","who":"a","unread":"x"}""", "wrong_type: `unread` should be an integer of 64 bits, not this text")]
    [InlineData("""{"id":"1","time":0,"type":"strict","who":"a","unread":1,"x":"not used here"}""", "who=a")]
    [InlineData("""{"meta":{"id":"m"},"@timestamp":5,"seq":9,"type":"mapped","time":"ignored"}""", "")]
    [InlineData("""{"meta":{"id":"m"},"@timestamp":5,"seq":"9","type":"mapped"}""", "wrong_type: the sequence should be an integer of 64 bits, not `9`")]
    [InlineData("""{"id":"1","type":"e","time":0,"a":1,"\u0061":2}""", "duplicate_key: `a` comes twice in one object")]
    [InlineData("""{"id":"1","type":"e","time":0,"o":[{"b":{"c":1,"c":2}}]}""", "duplicate_key: `c` comes twice in one object")]
    [InlineData("""{"id":"1","type":"e","time":0,"o":[{"b":1},{"b":1}],"b":1}""", "")]
    [InlineData("""{"id":"1","type":"e","time":0,"o":"\ud800"}""", "bad_utf8: half a surrogate pair in the text at byte 35 of the line")]
    [InlineData("""{"id":"1","type":"e","time":0,"\udc00":1}""", "bad_utf8: half a surrogate pair in the text at byte 31 of the line")]
    [InlineData("""{"id":"1","type":"e","time":0,"x":[[[[[[[1]]]]]]]}""", "wrong_type: `x` should be a finite number, not a list")]
    [InlineData("""{"id":"1","type":"e","time":0,"o":[[[[[[[[1]]]]]]]]}""", "too_deep: more than 8 objects and lists inside one another")]
    [InlineData("""{"id":"1","type":"e","time":0,"x":NaN}""", "not_json: not JSON from byte 35 of the line on")]
    [InlineData("""{"id":"1","type":"e","time":0} {}""", "not_json: not JSON from byte 32 of the line on")]
    [InlineData("""{"id":"1","type":"e","time":0,}""", "not_json: not JSON from byte 31 of the line on")]
    [InlineData("""["id"]""", "not_json: the line is not a JSON object")]
    [InlineData("nonsense", "not_json: not JSON from byte 2 of the line on")]
    public void A_line_is_judged_as_a_whole(string line, string expected) => Assert.Equal(expected, Decode(line));

    [Fact]
    public void Names_of_the_frame_follow_the_type()
    {
        Decode("""{"meta":{"id":"m"},"@timestamp":5,"seq":9,"type":"mapped"}""");
        Assert.Equal(("m", 5L, 9L), (Encoding.UTF8.GetString(batch.Id(0)), batch.Times[0], batch.Sequences[0]));
    }

    [Fact]
    public void Limits_hold_at_the_limit_and_one_past_it()
    {
        var head = $"{{{Frame},\"who\":\"";
        var longest = head + new string('x', (1 << 20) - head.Length - 2) + "\"}";
        Assert.StartsWith("who=xxx", Decode(longest), StringComparison.Ordinal);
        Assert.StartsWith("too_long", Decode(longest + " "), StringComparison.Ordinal);
        var deep = new string('[', 10_000) + new string(']', 10_000);
        Assert.StartsWith("too_deep", Decode($"{{{Frame},\"o\":{deep}}}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_in_fields_nobody_reads_too()
    {
        var line = Encoding.UTF8.GetBytes($"{{{Frame},\"o\":\"?\"}}");
        line[Array.LastIndexOf(line, (byte)'?')] = 0xFF;
        Assert.StartsWith("bad_utf8", Decode(line), StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_can_be_made_from_the_content()
    {
        var line = Encoding.UTF8.GetBytes("""{"type":"e","time":0}""");
        Assert.Null(decoder.Append(batch, line, idsFromContent: true));
        Assert.Null(decoder.Append(batch, line, idsFromContent: true));
        Assert.Matches("^[0-9a-f]{32}$", Encoding.UTF8.GetString(batch.Id(0)));
        Assert.Equal(batch.Id(0), batch.Id(1));
    }
}
