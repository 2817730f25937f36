using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Functions;
using PolicyEngine.Runtime.Values;

namespace PolicyEngine.Oracle.Values;

/// <summary>Values as texts show them (E9). The formats of numbers, durations and times are the engine's own: they are tested by themselves.</summary>
internal static class Display
{
    public static string Of(object? value, PolicyType type)
    {
        if (Value.IsMissing(value)) return "unknown";
        var output = new TextBuffer(64);
        switch (value)
        {
            case double share when type.Kind == TypeKind.Share: DisplayFormat.AppendShare(share, output); break;
            case double rate when type.Kind == TypeKind.Rate: DisplayFormat.AppendRate(rate, output); break;
            case double number: DisplayFormat.AppendNumber(number, output); break;
            case long length when type.Kind == TypeKind.Duration: DisplayFormat.AppendDuration(length, output); break;
            case long moment when type.Kind == TypeKind.Time: DisplayFormat.AppendTime(moment, output); break;
            case IReadOnlyList<object> items: return string.Join(", ", items.Select(i => Of(i, type.Element ?? type)));
            default: return Value.KeyText(value!);
        }
        return output.ToString();
    }

    public static string Time(long moment) => TimestampFormat.ToText(moment);
}
