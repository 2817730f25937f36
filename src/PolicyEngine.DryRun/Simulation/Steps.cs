namespace PolicyEngine.DryRun.Simulation;

/// <summary>The frame of an account's life: how it begins, pays, and when its work ends.</summary>
internal static class Steps
{
    /// <param name="begins">When it signs up; -1: before the simulation.</param>
    public static void Plan(ref Account account, Population population, long begins, Dice dice)
    {
        account.NextExchange = begins < 0 ? 0 : begins + Calendar.SettlingIn;
        account.Tempo = Calendar.Active(account, account.NextExchange, population.Start);
        if (begins >= 0) SignUp(ref account, dice);
        var months = Math.Max(1, population.Span / (30 * Calendar.Day));
        account.RenewalAt = Math.Max(0, account.NextExchange) + dice.Below(Math.Max(30 * Calendar.Day * months, population.Span));
        if (account.HasCard && account.RenewalAt < population.Span)
        {
            Take(ref account, Step.Renewal);
            if (account.Surface == Surface.Api && dice.Chance(12)) Take(ref account, Step.KeyRotation);
        }
        account.NextOther = account.Steps == 0 ? Account.Never : begins < 0 ? account.RenewalAt : begins;
    }

    /// <summary>The account works until then, but for what its last sitting takes.</summary>
    public static void WorkUntil(ref Account account, Population population, long end)
    {
        var habit = Population.Habits[account.Habit];
        end -= Math.Min(2 * habit.Session * habit.Gap, (end - account.NextExchange) / 2) + account.SessionDelay;
        account.Until = Math.Max(account.Tempo, Calendar.Active(account, end, population.Start));
    }

    private static void SignUp(ref Account account, Dice dice)
    {
        Take(ref account, Step.Signup);
        Take(ref account, Step.Verification);
        if (dice.Chance(30)) Take(ref account, Step.SecondVerification);
        if (account.HasCard && dice.Chance(7)) Take(ref account, Step.DeclinedPayment);
        if (account.HasCard) Take(ref account, Step.Payment);
        if (account.Surface == Surface.Api) Take(ref account, Step.KeyCreated);
    }

    private static void Take(ref Account account, Step step) => account.Steps |= (ushort)(1 << (int)step);
}
