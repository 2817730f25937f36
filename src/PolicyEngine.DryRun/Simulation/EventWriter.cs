using System.Text;

namespace PolicyEngine.DryRun.Simulation;

/// <summary>Writes events as lines of JSON.</summary>
internal sealed class EventWriter(Population population, ulong seed)
{
    private const int OrgDigits = 6;
    /// <summary>Numbers of cards that only ever fail stand behind all others.</summary>
    private const ulong OtherCards = 1ul << 36;

    private static readonly int[] Amounts = [20, 20, 20, 25, 60, 100, 100, 200];

    private static readonly byte[][] TaskTexts =
        [.. Habit.Tasks.Select(t => Encoding.UTF8.GetBytes($"\",\"task\":\"{t}\",\"cot_score\":0."))];
    private static readonly byte[][] ModelTexts = [.. Habit.Models.Select(m => Encoding.UTF8.GetBytes($"\",\"model\":\"{m}"))];
    private static readonly byte[][] MailTexts = [.. Mail.Domains.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Thousandths of the score of a task: the least, and how far it reaches.</summary>
    private static readonly (int Least, int Reach)[] Scores =
        [(620, 375), (90, 560), (120, 480), (20, 300), (5, 260), (5, 150), (10, 240), (5, 340), (80, 420)];

    private static readonly (int Least, int Reach) Insisting = (730, 265);

    private readonly Head _signup = new("signup");
    private readonly Head _verification = new("verification");
    private readonly Head _payment = new("payment");
    private readonly Head _keyCreated = new("key_created");
    private readonly Head _exchange = new("exchange");
    private readonly Head _release = new("model_release");
    private readonly Names _names = new(seed);
    private readonly Address[] _addresses = [.. population.Addresses.All];
    private long _number;
    private long _minute;

    public void SetMinute(int minute)
    {
        _minute = minute * Calendar.Minute;
        var moment = DateTime.UnixEpoch.AddMilliseconds(population.Start + _minute);
        foreach (var head in (Head[])[_signup, _verification, _payment, _keyCreated, _exchange, _release]) head.SetMinute(moment);
    }

    /// <summary>Gives the length of the line.</summary>
    public int Write(int milliseconds, int at, Step step, ref byte room)
    {
        var line = new Line(ref room);
        _number++;
        if (step == Step.Exchange) Exchange(ref line, ref population.Accounts[at], at, milliseconds);
        else if (step == Step.Release) Release(ref line, milliseconds);
        else Other(ref line, ref population.Accounts[at], at, milliseconds, step);
        line.Put("}\n"u8);
        return line.Length;
    }

    private void Release(ref Line line, int milliseconds)
    {
        _release.Put(ref line, _number, milliseconds);
        line.Put("\"model\":\""u8);
        line.Put(Encoding.UTF8.GetBytes(Habit.Models[^1]));
        line.Put((byte)'"');
    }

    private void Who(ref Line line, in Account account, int at, ulong place)
    {
        line.Put("\"account\":\"acc_"u8);
        line.Hex(_names.Account(at), Names.AccountDigits);
        line.Put("\",\"ip\":\""u8);
        var chance = Draw.Of(account.TemplateSeed ^ account.Seed, place);
        var address = _addresses[account.AddressStart + Draw.Below(chance, account.AddressCount)];
        line.Address(address.Value);
        line.Put(Networks.All[address.Network].Text);
    }

    private void Exchange(ref Line line, ref Account account, int at, int milliseconds)
    {
        var number = account.Made++;
        var chance = Draw.Of(account.Seed, (ulong)number);
        var more = Draw.Mix(chance);
        var isCover = (byte)chance < account.Cover;
        var habit = isCover ? Habit.Regular : Population.Habits[account.Habit];
        var task = habit.TaskOf((byte)(chance >> 8));
        _exchange.Put(ref line, _number, milliseconds);
        Who(ref line, account, at, (ulong)(number >> account.AddressHold));
        Means(ref line, account, at, number);
        var isNew = _minute + milliseconds >= account.NewModelFrom && (byte)(more >> 56) < account.NewModelShare;
        line.Put(ModelTexts[isNew ? Habit.Models.Length - 1 : habit.ModelOf((byte)(chance >> 16))]);
        line.Put(TaskTexts[task]);
        var (least, reach) = habit.Insists && task == (int)Task.Reasoning ? Insisting : Scores[task];
        line.Thousandths(least + (int)((((chance >> 24) & 1023) * (uint)reach) >> 10));
        var status = Status(account, habit, number, (int)(more >> 46) & 1023);
        line.Put(",\"input_tokens\":"u8);
        line.Number(12 + Tokens(chance >> 34, habit.Input));
        line.Put(",\"output_tokens\":"u8);
        line.Number(status == 200 ? 8 + Tokens(chance >> 44, habit.Output) : 0);
        line.Put(",\"tool_calls\":"u8);
        line.Put((byte)('0' + ToolCalls((Task)task, (int)(chance >> 54) & 7)));
        line.Put(",\"status\":"u8);
        line.Thousandths(status);
        line.Put(",\"prompt\":\""u8);
        if (isCover || account.TemplateCount == 0 || (int)(more & 255) >= habit.Templates)
            Prompt.Free(ref line, task, more);
        else
            Prompt.FromTemplate(ref line, task, Template(account, more), more);
        line.Put((byte)'"');
    }

    private static ulong Template(in Account account, ulong chance) =>
        Draw.Of(account.TemplateSeed, (ulong)Draw.Below(Draw.Mix(chance), account.TemplateCount));

    /// <summary>What the exchange came through: key, surface, device.</summary>
    private void Means(ref Line line, in Account account, int at, int number)
    {
        if (account.Surface == Surface.Api)
        {
            line.Put(",\"api_key\":\"key_"u8);
            line.Hex(_names.Key(at, account.HasNewKey), Names.KeyDigits);
            line.Put("\",\"surface\":\"api\",\"device\":\"dev_"u8);
        }
        else if (account.Surface == Surface.Web)
        {
            line.Put(",\"surface\":\"web\",\"device\":\"dev_"u8);
        }
        else
        {
            line.Put(",\"surface\":\"app\",\"device\":\"dev_"u8);
        }
        line.Hex(_names.Device(account.Device), Names.DeviceDigits);
    }

    private void Other(ref Line line, ref Account account, int at, int milliseconds, Step step)
    {
        var chance = Draw.Of(~account.Seed, (ulong)step);
        switch (step)
        {
            case Step.Signup:
                Begin(ref line, _signup, account, at, milliseconds, step);
                Signup(ref line, account);
                break;
            case Step.Verification or Step.SecondVerification:
                Begin(ref line, _verification, account, at, milliseconds, step);
                Verification(ref line, account, step, chance);
                break;
            case Step.KeyCreated or Step.KeyRotation:
                account.HasNewKey = step == Step.KeyRotation;
                Begin(ref line, _keyCreated, account, at, milliseconds, step);
                line.Put(",\"api_key\":\"key_"u8);
                line.Hex(_names.Key(at, account.HasNewKey), Names.KeyDigits);
                line.Put((byte)'"');
                break;
            default:
                Begin(ref line, _payment, account, at, milliseconds, step);
                Payment(ref line, account, step, chance);
                break;
        }
    }

    private void Begin(ref Line line, Head head, in Account account, int at, int milliseconds, Step step)
    {
        const ulong BesidesExchanges = 1ul << 40;
        head.Put(ref line, _number, milliseconds);
        Who(ref line, account, at, step < Step.Renewal ? 0 : BesidesExchanges);
    }

    private void Signup(ref Line line, in Account account)
    {
        line.Put(",\"email_domain\":\""u8);
        if (account.Mail != Mail.Own) line.Put(MailTexts[account.Mail]);
        else Domain(ref line, account);
        if (account.Org > 0)
        {
            line.Put("\",\"org\":\"org-"u8);
            line.Hex((ulong)account.Org, OrgDigits);
        }
        line.Put("\",\"device\":\"dev_"u8);
        line.Hex(_names.Device(account.Device), Names.DeviceDigits);
        line.Put((byte)'"');
    }

    /// <summary>A domain of one's own: the organisation's, or one bought with the card.</summary>
    private void Domain(ref Line line, in Account account)
    {
        line.Put(account.Org > 0 ? "org-"u8 : "mail-"u8);
        line.Hex(account.Org > 0 ? (ulong)account.Org : _names.Card((ulong)account.Card), OrgDigits);
        line.Put(".example"u8);
    }

    private static void Verification(ref Line line, in Account account, Step step, ulong chance)
    {
        if (step == Step.SecondVerification || (chance & 7) < 3)
        {
            line.Put(",\"method\":\"phone\",\"phone_kind\":\""u8);
            line.Put(account.HasVoip ? "voip"u8 : "mobile"u8);
            line.Put((byte)'"');
        }
        else
        {
            line.Put(",\"method\":\"email\""u8);
        }
        line.Put(step == Step.Verification && (chance >> 8 & 63) == 0 ? ",\"result\":\"failed\""u8 : ",\"result\":\"ok\""u8);
    }

    private void Payment(ref Line line, in Account account, Step step, ulong chance)
    {
        // Who is declined often tries another card first.
        var isOtherCard = step == Step.DeclinedPayment && (chance & 1) == 0;
        var country = Networks.Countries[account.Country];
        line.Put(",\"card\":\"card_"u8);
        line.Hex(_names.Card(isOtherCard ? OtherCards + (ulong)account.Card : (ulong)account.Card), Names.CardDigits);
        line.Put("\",\"amount\":"u8);
        line.Number(Amounts[chance >> 8 & 7]);
        line.Put(",\"currency\":\""u8);
        line.Put(Encoding.ASCII.GetBytes(country.Currency));
        line.Put("\",\"card_country\":\""u8);
        line.Put(Encoding.ASCII.GetBytes(country.Code));
        line.Put(step == Step.DeclinedPayment ? "\",\"result\":\"declined\""u8 : "\",\"result\":\"ok\""u8);
    }

    /// <summary>Tokens lean to the short: the square of an even draw has a third for its mean.</summary>
    private static int Tokens(ulong chance, int mean)
    {
        var even = (long)(chance & 1023);
        return (int)((even * even * 3 * mean) >> 20);
    }

    private static int ToolCalls(Task task, int chance) => task switch
    {
        Task.ToolUse => 1 + chance,
        Task.Coding or Task.Analysis => chance & 3,
        _ => chance == 0 ? 1 : 0,
    };

    private static int Status(in Account account, Habit habit, int number, int chance)
    {
        if (number >= account.RefusedAfter) return 403;
        if (chance < habit.Refused) return 429;
        return chance >= 1020 ? chance >= 1022 ? 500 : 400 : 200;
    }
}
