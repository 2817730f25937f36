using System.Numerics;
using System.Runtime.CompilerServices;

namespace PolicyEngine.DryRun.Simulation;

/// <summary>When an account does what comes next.</summary>
internal static class Calendar
{
    public const long Minute = 60_000;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;
    /// <summary>From a sign-up to the first exchange at least; all that an account does in between takes less.</summary>
    public const long SettlingIn = 30 * Minute;
    private const int LongestStep = (int)(SettlingIn / 7);

    /// <summary>The first exchange, after the moment that <see cref="Account.NextExchange"/> holds.</summary>
    public static long FirstExchange(ref Account account, Population population)
    {
        account.InSession = 1;
        return Coming(ref account, population.Start, population.Span);
    }

    /// <summary>The exchange after the one that has just come due.</summary>
    public static long NextExchange(ref Account account, long start, long span)
    {
        account.Left--;
        return Coming(ref account, start, span);
    }

    private static long Coming(ref Account account, long start, long span)
    {
        if (account.Left <= account.Spare) return Account.Never;
        var habit = Population.Habits[account.Habit];
        account.Planned += 1 + Draw.Wait(Draw.Next(ref account.Clock), habit.Gap);
        if (--account.InSession <= 0) NewSession(ref account, habit, start);
        var own = account.ExchangeDelay == 0 ? 0 : Draw.Below(Draw.Of(account.Seed, (ulong)account.Left), account.ExchangeDelay);
        var time = Math.Max(account.NextExchange + 1, account.Planned + account.Delay + own);
        return time < span ? time : Account.Never;
    }

    private static void NewSession(ref Account account, Habit habit, long start)
    {
        var sessions = (account.Left / habit.Session) + 1;
        var room = account.Until - account.Tempo;
        var chance = Draw.Next(ref account.Clock);
        var wait = Draw.Wait(chance, room / (sessions + 1));
        // Waiting past the end would heap the last sittings of everybody there.
        account.Tempo += wait < room ? wait : (long)Math.BigMul(Draw.Mix(chance), (ulong)room, out _);
        account.InSession = (int)Math.Min(account.Left, 1 + Draw.Wait(Draw.Next(ref account.Clock), habit.Session - 1));
        account.Planned = Math.Max(account.Planned, Real(account, start));
        if (account.SessionDelay > 0) account.Delay = Draw.Below(Draw.Of(~account.Seed, (ulong)account.Left), account.SessionDelay);
    }

    /// <summary>Takes the next of the other steps and plans the one behind it; gives the one taken.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Step TakeStep(ref Account account)
    {
        var taken = NextStep(account);
        account.Steps &= (ushort)(account.Steps - 1);
        if (account.Steps == 0)
            account.NextOther = Account.Never;
        else if (NextStep(account) == Step.Renewal)
            account.NextOther = Math.Max(account.NextOther + 1, account.RenewalAt);
        else
            account.NextOther += 3000 + Draw.Below(Draw.Of(account.Seed, account.Steps), LongestStep - 3000);
        return taken;
    }

    private static Step NextStep(in Account account) => (Step)BitOperations.TrailingZeroCount(account.Steps);

    private static long Real(in Account account, long start) =>
        Population.Rhythms[account.Rhythm].Real(account.Tempo) - (Networks.Countries[account.Country].Hours * Hour) - start;

    /// <summary>Active time of a moment of the simulation at the place of the account.</summary>
    public static long Active(in Account account, long time, long start) =>
        Population.Rhythms[account.Rhythm].Active(start + time + (Networks.Countries[account.Country].Hours * Hour));
}
