using PolicyEngine.Language.Model;

namespace PolicyEngine.Oracle.Measures;

/// <summary>Which of the counted events of one key lie in the window at a time (D1–D4).</summary>
internal static class WindowSelection
{
    private const long LongestSession = 24 * 3_600_000L;

    public static List<Counted> Select(Window window, List<Counted> counted, long now) => window.Kind switch
    {
        WindowKind.Forever => counted,
        WindowKind.Tumbling => counted.FindAll(c => Cell(c.Time, window.Length) == Cell(now, window.Length)),
        WindowKind.Session => Session(window, counted, now),
        _ when window.Step > 0 => Stepped(window, counted, now),
        _ => counted.FindAll(c => c.Time > now - window.Ending - window.Length && c.Time <= now - window.Ending),
    };

    /// <summary>The oldest events leave by whole cells; the newest enter exactly when they are old enough.</summary>
    private static List<Counted> Stepped(Window window, List<Counted> counted, long now)
    {
        var end = now - window.Ending;
        var oldest = Cell(end, window.Step) - window.Length / window.Step;
        return counted.FindAll(c => Cell(c.Time, window.Step) > oldest && c.Time <= end);
    }

    private static List<Counted> Session(Window window, List<Counted> counted, long now)
    {
        var session = new List<Counted>();
        foreach (var c in counted)
        {
            if (session.Count > 0 && IsOver(session, window.Length, c.Time)) session.Clear();
            session.Add(c);
        }
        if (session.Count > 0 && IsOver(session, window.Length, now)) session.Clear();
        return session;
    }

    private static bool IsOver(List<Counted> session, long idle, long now) =>
        now - session[^1].Time >= idle || now - session[0].Time >= LongestSession;

    private static long Cell(long time, long length) => Values.Value.FloorDivide(time, length);
}
