using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace PolicyEngine.Runtime.Functions;

/// <summary>
/// `matches`: a .NET regular expression run by the engine that never goes back, so its time is linear in the text; it is searched
/// anywhere in the first 64 KiB. Safe for use by several threads.
/// </summary>
public sealed class TextMatcher
{
    /// <summary>Bytes of the text that are looked at; the rest of a longer one is cut, which the caller counts.</summary>
    public const int MaxBytes = 64 * 1024;
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private readonly Regex regex;

    private TextMatcher(Regex regex) => this.regex = regex;

    /// <summary>
    /// Compiles the pattern. Its case-insensitive mode (`ignoring case` or `(?i)`) folds a little wider than other tests do: the
    /// Kelvin sign is a k.
    /// </summary>
    public static bool TryCreate(string pattern, bool ignoringCase, out TextMatcher? matcher, out PatternProblem? problem)
    {
        matcher = null;
        problem = null;
        try
        {
            matcher = new TextMatcher(new Regex(pattern, ignoringCase ? Options | RegexOptions.IgnoreCase : Options));
            return true;
        }
        catch (RegexParseException error)
        {
            problem = PatternProblems.Describe(error.Error, error.Offset);
        }
        catch (NotSupportedException)
        {
            problem = PatternProblems.FindRefused(pattern);
        }
        return false;
    }

    public bool IsMatch(ReadOnlySpan<byte> text) => IsMatch(text, out _);

    /// <param name="text">UTF-8.</param>
    /// <param name="cut">The text was longer than <see cref="MaxBytes"/>.</param>
    public bool IsMatch(ReadOnlySpan<byte> text, out bool cut)
    {
        text = Cut(text, out cut);
        var rented = text.Length <= 256 ? null : ArrayPool<char>.Shared.Rent(text.Length);
        var characters = rented ?? stackalloc char[256];
        var found = regex.IsMatch(characters[..Encoding.UTF8.GetChars(text, characters)]);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        return found;
    }

    /// <summary>Matches that do not overlap, from the left, in the first 64 KiB.</summary>
    public int Count(ReadOnlySpan<byte> text, out bool cut)
    {
        text = Cut(text, out cut);
        var rented = ArrayPool<char>.Shared.Rent(Math.Max(text.Length, 1));
        var count = regex.Count(rented.AsSpan(0, Encoding.UTF8.GetChars(text, rented)));
        ArrayPool<char>.Shared.Return(rented);
        return count;
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, out bool cut)
    {
        cut = text.Length > MaxBytes;
        return cut ? Utf8Text.Prefix(text, MaxBytes) : text;
    }
}
