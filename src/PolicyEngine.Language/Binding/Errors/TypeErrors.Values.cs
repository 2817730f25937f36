using System.Net;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Text;

namespace PolicyEngine.Language.Binding;

/// <summary>P21xx: arguments, literals, lets and types as written.</summary>
internal static partial class TypeErrors
{
    public static Diagnostic ArgumentCount(TextSpan span, string name, string wanted, int given) =>
        Report.Error("P2115", span, $"`{name}` takes {(wanted == "1 arguments" ? "1 argument" : wanted)}, and {given} {(given == 1 ? "is" : "are")} given");

    public static Diagnostic FunctionCount(TextSpan span, string shape, int given) =>
        Report.Error("P2115", span, $"`{shape}` is the shape of this function, and {given} {(given == 1 ? "argument is" : "arguments are")} given");

    public static Diagnostic KeyCount(TextSpan span, MeasureSymbol measure, int given) => measure.Keys.Count == 0
        ? Report.Error("P2115", span, $"`{measure.Name}` has one value for all and takes no arguments", $"write `{measure.Name}`")
        : Report.Error("P2115", span, $"`{measure.Name}` is kept per {Report.List(measure.Keys.Select(k => k.Text))}, and {given} {(given == 1 ? "value is" : "values are")} given");

    public static Diagnostic Argument(TextSpan span, string name, string parameter, string wanted, PolicyType given) =>
        Report.Error("P2116", span, $"`{name}` takes {wanted} for `{parameter}`, and this is {Report.Describe(given)}");

    public static Diagnostic FunctionArgument(TextSpan span, string shape, string wanted, PolicyType given) =>
        Report.Error("P2116", span, $"`{shape}` needs {wanted} here, and this is {Report.Describe(given)}");

    public static Diagnostic ArgumentsDiffer(TextSpan span, string shape, PolicyType first, PolicyType odd) =>
        Report.Error("P2116", span, $"`{shape}` takes values of one type: the first is {Report.Describe(first)}, and this is {Report.Describe(odd)}");

    public static Diagnostic LetNamesLiteral(TextSpan span, string name) =>
        Report.Error("P2117", span, $"`{name}` has to name a value that is written out", "for an expression say `measure` or `define`");

    public static Diagnostic LetIsNoDuration(TextSpan span, string name, PolicyType type) =>
        Report.Error("P2118", span, $"a duration is needed here, and `{name}` is {Report.Describe(type)}");

    public static Diagnostic NotPositive(TextSpan span, string what) =>
        Report.Error("P2119", span, $"a {what} has to be more than nothing here");

    public static Diagnostic MixedList(TextSpan span, PolicyType first, PolicyType odd) =>
        Report.Error("P2120", span, $"a list holds values of one type: the first is {Report.Describe(first)}, and this is {Report.Describe(odd)}");

    public static Diagnostic CidrHasHostBits(TextSpan span, IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        if (prefix > bytes.Length * 8) return Report.Error("P2121", span, $"a prefix of this kind of address has at most {bytes.Length * 8} bits");
        for (var bit = prefix; bit < bytes.Length * 8; bit++) bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        var range = $"{new IPAddress(bytes)}/{prefix}";
        return Report.Error("P2121", span, $"a range of {prefix} bits does not begin at this address", $"the range around it is `{range}`").Replacing(span, range);
    }

    public static Diagnostic CannotNegate(TextSpan span, PolicyType type) =>
        Report.Error("P2122", span, $"a minus needs a number or a duration, and this is {Report.Describe(type)}");

    public static Diagnostic AtLeastCount(TextSpan span, int conditions) =>
        Report.Error("P2123", span, $"`at least` needs a whole number from 1 to {conditions}, the number of conditions here");

    public static Diagnostic RateDoesNotArrive(TextSpan span) =>
        Report.Error("P2126", span, "a rate is not something that arrives or stands in a list", "declare a `number`");

    public static Diagnostic OnlyInRecipes(TextSpan span, string word) =>
        Report.Error("P2127", span, $"`{word}` is a type for the parameters of recipes only");

    public static Diagnostic ListOfOptional(TextSpan span, PolicyType type) =>
        Report.Error("P2128", span, "a list holds present, single values", $"declare it as `{(type.Kind == TypeKind.List ? type.Element : type)}`");

    public static Diagnostic OutOfRange(TextSpan span, string message) => Report.Error("P2129", span, message);
}
