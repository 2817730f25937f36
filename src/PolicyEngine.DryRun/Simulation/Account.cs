namespace PolicyEngine.DryRun.Simulation;

/// <summary>What an account does besides asking, in the order in which it does it.</summary>
internal enum Step : byte
{
    Signup, Verification, SecondVerification, DeclinedPayment, Payment, KeyCreated, Renewal, KeyRotation, Exchange, Release,
}

/// <summary>
/// One account: what it is, and how far it has come. Times are milliseconds since the beginning of the simulation unless they say active
/// time, which is that of its <see cref="Rhythm"/>. The engine of a large run holds a quarter of a million of these, so they are small.
/// </summary>
internal struct Account
{
    public const long Never = long.MaxValue;

    /// <summary>Chooses what its events hold.</summary>
    public ulong Seed;
    /// <summary>Chooses when they come; accounts with the same clock and plan act at the same moments.</summary>
    public ulong Clock;
    /// <summary>Chooses the words of its templates; shared by those who use the same ones.</summary>
    public ulong TemplateSeed;

    /// <summary>Active time of the sitting it is in, and of the end of its work.</summary>
    public long Tempo;
    public long Until;
    /// <summary>When its exchange would come without delays of its own.</summary>
    public long Planned;
    public long NextExchange;
    public long NextOther;
    public long RenewalAt;
    public long NewModelFrom;

    /// <summary>Exchanges planned and not yet made; work ends when <see cref="Spare"/> of them are left.</summary>
    public int Left;
    public int Made;
    /// <summary>Exchanges after which somebody has found it out and refuses the rest.</summary>
    public int RefusedAfter;
    public int InSession;
    /// <summary>Delay of the sitting, and the bounds of the delays of sittings and of single exchanges.</summary>
    public int Delay;
    public int SessionDelay;
    public int ExchangeDelay;

    public int Card;
    public int Device;
    /// <summary>0: no organisation.</summary>
    public int Org;
    public int AddressStart;
    public int AddressCount;

    /// <summary>Bits of the <see cref="Step"/>s still to come.</summary>
    public ushort Steps;
    /// <summary>How many templates it chooses from; 0: its prompts are its own words.</summary>
    public ushort TemplateCount;
    /// <summary>The place of its country, cohort, habit and mail provider in the lists of the population.</summary>
    public byte Country;
    public byte Cohort;
    public byte Habit;
    public byte Mail;
    public byte Rhythm;
    public Surface Surface;
    /// <summary>Exchanges from one address before it takes another one: two to this power.</summary>
    public byte AddressHold;
    /// <summary>Of 256 exchanges, how many are unrelated to its purpose.</summary>
    public byte Cover;
    /// <summary>Of 256 exchanges, how many go to the new model after <see cref="NewModelFrom"/>.</summary>
    public byte NewModelShare;
    public bool HasNewKey;
    public bool HasVoip;
    public bool HasCard;
    public byte Spare;
}
