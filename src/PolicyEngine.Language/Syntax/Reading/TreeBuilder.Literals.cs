using System.Globalization;
using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using static PolicyEngine.Language.Syntax.Generated.PolicyParser;

namespace PolicyEngine.Language.Syntax.Reading;

internal sealed partial class TreeBuilder
{
    private TextLiteral Text(ITerminalNode node) => new(node.Symbol.Span(source), TextValue.Unescape(node.Symbol.Text));

    private TextLiteral? OptionalText(ITerminalNode? node) => node is null ? null : Text(node);

    private MomentLiteral? OptionalMoment(MomentContext? c) => c is null ? null : MomentOf(c.Start);

    private LiteralSyntax Literal(LiteralContext c)
    {
        if (c.rate() is { } rate) return RateOf(rate);
        if (c.listLiteral() is { } list) return ListOf(list);
        var token = c.Start;
        var span = token.Span(source);
        return token.Type switch
        {
            TEXT => new TextLiteral(span, TextValue.Unescape(token.Text)),
            RAW => new PatternLiteral(span, TextValue.Raw(token.Text)),
            NUMBER => NumberOf(token),
            PERCENT => ShareOf(token),
            DURATION => DurationOf(token),
            SIZE => SizeOf(token),
            IP => AddressOf(token),
            CIDR => NetOf(token),
            DATE or DATETIME => MomentOf(token),
            TRUE => new BooleanLiteral(span, true),
            FALSE => new BooleanLiteral(span, false),
            _ => throw new InvalidOperationException($"no literal is built from `{token.Text}`"),
        };
    }

    private ListLiteral ListOf(ListLiteralContext c) => new(Span(c), List(c.literal(), Literal));

    private NumberLiteral NumberOf(ITerminalNode node) => NumberOf(node.Symbol);

    private NumberLiteral NumberOf(IToken token)
    {
        var (span, digits) = (token.Span(source), token.Text.Replace("_", "", StringComparison.Ordinal));
        if (digits.Contains('.'))
            return new NumberLiteral(span, false, 0, double.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var integer))
            report.Add(SyntaxMessages.OutOfRange(span, "number", $"whole numbers go up to {long.MaxValue}"));
        return new NumberLiteral(span, true, integer, integer);
    }

    private ShareLiteral ShareOf(IToken token)
    {
        var digits = token.Text.TrimEnd('%');
        // Shifting the decimal point in the text, not dividing, gives the double that is nearest to what was written.
        var value = double.Parse(digits + "e-2", NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);
        return new ShareLiteral(token.Span(source), value, digits);
    }

    private DurationLiteral DurationOf(IToken token)
    {
        var span = token.Span(source);
        if (!LiteralValues.TryDuration(token.Text, out var milliseconds))
            report.Add(SyntaxMessages.OutOfRange(span, "duration", "durations go up to 292 000 000 years of milliseconds"));
        return new DurationLiteral(span, milliseconds);
    }

    private SizeLiteral SizeOf(IToken token)
    {
        var span = token.Span(source);
        if (!LiteralValues.TrySize(token.Text, out var bytes))
            report.Add(SyntaxMessages.OutOfRange(span, "size", $"sizes go up to {long.MaxValue} bytes"));
        return new SizeLiteral(span, bytes);
    }

    private RateLiteral RateOf(RateContext c) => new(Span(c), NumberOf(c.NUMBER()), c.Stop.Text);

    private IpLiteral AddressOf(IToken token)
    {
        var span = token.Span(source);
        if (!LiteralValues.TryAddress(token.Text, out var address))
            report.Add(SyntaxMessages.OutOfRange(span, "address", "the parts of `203.0.113.9` go from 0 to 255, those of `2001:db8::1` from 0 to ffff"));
        return new IpLiteral(span, address);
    }

    private CidrLiteral NetOf(IToken token)
    {
        var span = token.Span(source);
        if (!LiteralValues.TryNet(token.Text, out var address, out var length))
            report.Add(SyntaxMessages.OutOfRange(span, "network", "after the slash stands 0 to 32, or 0 to 128 for an address with colons"));
        return new CidrLiteral(span, address, length);
    }

    private MomentLiteral MomentOf(IToken token)
    {
        var span = token.Span(source);
        if (!LiteralValues.TryMoment(token.Text, out var milliseconds))
            report.Add(SyntaxMessages.OutOfRange(span, "date", "write the date as `2027-01-31`, with a time as `2027-01-31T09:00:00Z`"));
        return new MomentLiteral(span, milliseconds);
    }
}
