using System.Globalization;
using System.Net;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Oracle.Values;

/// <summary>The functions of the language. A missing argument gives missing, but for `first_present` (E2).</summary>
internal static class Functions
{
    private const long Hour = 3_600_000;

    public static object? Of(CallExpression call, List<object?> arguments)
    {
        if (call.Function == Function.FirstPresent) return arguments.Find(a => !Value.IsMissing(a));
        if (arguments.Exists(Value.IsMissing)) return null;
        return Present(call.Function, [.. arguments.Select(a => a!)]);
    }

    private static object? Present(Function function, List<object> a) => function switch
    {
        Function.Length => a[0] is IReadOnlyList<object> list ? (long)list.Count : Text(a[0]).EnumerateRunes().LongCount(),
        Function.Occurrences => Occurrences(Text(a[0]), Text(a[1])),
        Function.Subnet => Subnet((IPAddress)a[0], (int)(long)a[1]),
        Function.HourOf => Modulo(Value.FloorDivide(Local(a), Hour), 24),
        Function.WeekdayOf => Modulo(Value.FloorDivide(Local(a), 24 * Hour) + 3, 7) + 1,
        Function.Slot => Value.FloorDivide((long)a[0], (long)a[1]),
        Function.Abs => a[0] is long whole ? whole == long.MinValue ? null : Math.Abs(whole) : Math.Abs((double)a[0]),
        Function.Round => Rounded(a[0]),
        Function.Smaller => Value.CompareNumbers(a[1], a[0]) < 0 ? a[1] : a[0],
        Function.Larger => Value.CompareNumbers(a[1], a[0]) > 0 ? a[1] : a[0],
        Function.NumberOf => double.TryParse(Text(a[0]), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number == 0 ? 0.0 : number : null,
        Function.IpOf => IPAddress.TryParse(Text(a[0]), out var address) ? Value.Unmapped(address) : null,
        Function.Template => SharedFunctions.Template(Text(a[0])),
        Function.Similarity => SharedFunctions.Similarity(Text(a[0]), Text(a[1])),
        Function.Normalise => SharedFunctions.Normalised(Text(a[0])),
        Function.DomainOf => SharedFunctions.DomainOf(Text(a[0])),
        Function.Distance => SharedFunctions.Distance(
            Arithmetic.Number(a[0]), Arithmetic.Number(a[1]), Arithmetic.Number(a[2]), Arithmetic.Number(a[3])),
        _ => throw new NotSupportedException($"function {function}"),
    };

    private static string Text(object value) => value is EntityKey entity ? entity.Id : (string)value;

    private static object? Occurrences(string text, string sought)
    {
        if (sought.Length == 0) return 0L;
        var count = 0L;
        for (var at = text.IndexOf(sought, StringComparison.Ordinal); at >= 0;
             at = text.IndexOf(sought, at + sought.Length, StringComparison.Ordinal))
            count++;
        return count;
    }

    private static object? Subnet(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        if (bits < 0 || bits > bytes.Length * 8) return null;
        for (var bit = bits; bit < bytes.Length * 8; bit++) bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), bits);
    }

    /// <summary>The moment shifted by the zone, a fixed offset such as "+09:00".</summary>
    private static long Local(List<object> a)
    {
        if (a.Count < 2) return (long)a[0];
        var zone = (string)a[1];
        var offset = TimeSpan.ParseExact(zone[1..], @"hh\:mm", CultureInfo.InvariantCulture);
        return (long)a[0] + (zone[0] == '-' ? -1 : 1) * (long)offset.TotalMilliseconds;
    }

    private static long Modulo(long value, long by) => ((value % by) + by) % by;

    private static object? Rounded(object value)
    {
        if (value is long) return value;
        var rounded = Math.Round((double)value, MidpointRounding.AwayFromZero);
        return rounded is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)rounded : null;
    }
}
