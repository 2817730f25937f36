using System.Globalization;
using System.Text;

namespace PolicyEngine.DryRun.Simulation;

/// <summary>
/// The beginning of a line up to the account's id, which is the same for all events of a type within a minute but for number, seconds
/// and account.
/// </summary>
internal sealed class Head
{
    private const string Number = "e0000000000";
    private const int NumberDigits = 10;
    private const string Minute = "yyyy-MM-ddTHH:mm:";
    /// <summary>A head is copied with all its room, whatever its length.</summary>
    private const int Room = 128;

    private readonly byte[] _text = new byte[Room];
    private readonly int _numberAt;
    private readonly int _minuteAt;
    private readonly int _length;

    public Head(string type)
    {
        var before = $"{{\"id\":\"{Number}\",\"type\":\"{type}\",\"time\":\"";
        var behind = "00.000Z\",";
        _numberAt = before.IndexOf(Number, StringComparison.Ordinal) + 1;
        _minuteAt = before.Length;
        _length = Encoding.ASCII.GetBytes(before + Minute + behind, _text);
    }

    public void SetMinute(DateTime minute) =>
        Encoding.ASCII.GetBytes(minute.ToString(Minute, CultureInfo.InvariantCulture), _text.AsSpan(_minuteAt));

    public void Put(ref Line line, long number, int milliseconds)
    {
        line.PutHead(_text, _length);
        line.HexAt(_numberAt, (ulong)number, NumberDigits);
        line.SecondsAt(_minuteAt + Minute.Length, milliseconds);
    }
}
