namespace PolicyEngine.Oracle.Generation;

/// <summary>The events, entities, labels, lists, scores and responses that every generated policy has.</summary>
internal static class Schema
{
    public const string Head = """
        pack generated
          stage enforce
        entity account
        entity card
        event visit {
          account: account   ip: ip?   path: text?   n: integer?   amount: number?   ok: boolean?   tags: list<text>?
          net  = subnet(ip, 24)
          hourly = slot(time, 1h)
          twice  = n * 2
        }
        event pay from "card.paid" {
          account: account   card: card?   amount: number from "sum.amount"   n: integer?   who: account? from "by"
        }
        event ping { account: account?   n: integer?   path: text? }
        event both = visit, pay
        event paid_big = pay where amount >= 1
        event odd = visit where path is missing or n > 2
        responses {
          suspend  account for duration?
          allow    account for duration?
          throttle account to rate for duration
          also review account in text
          also watch  account for duration?
          also decline pay
        }
        label l0 of account
        label l1 of account "second"
        label l2 of account
        label k0 of card
        list words: text ignoring case = ["a", "B/c", "zoë"]
        list fixed: integer = [1, 3]
        list nets: cidr = [10.0.0.0/8, 2001:db8::/32]
        list learned: text = []
        list cards: card = ["c0"]
        score s0 of account halves every 1h
        score s1 of card halves every 10m
        let few = 2
        let brief = 5m

        """;

    private static readonly DraftField Account = new("account", Shape.Account, false);
    private static readonly DraftField Count = new("n", Shape.Integer, true);
    private static readonly DraftField Path = new("path", Shape.Text, true);

    private static readonly DraftField[] Visit =
    [
        Account, new("ip", Shape.Ip, true), Path, Count, new("amount", Shape.Number, true), new("ok", Shape.Boolean, true),
        new("tags", Shape.Tags, true), new("net", Shape.Cidr, true), new("hourly", Shape.Integer, false), new("twice", Shape.Integer, true),
    ];

    private static readonly DraftField[] Pay =
        [Account, new("card", Shape.Card, true), new("amount", Shape.Number, false), Count, new("who", Shape.Account, true)];

    public static IReadOnlyList<DraftSource> Sources { get; } =
    [
        new("visit", Visit, 0) { Events = ["visit"] },
        new("pay", Pay, 0) { Events = ["pay"] },
        new("ping", [Account with { Optional = true }, Count, Path], 0) { Events = ["ping"] },
        new("both", [Account, Count], 0) { Events = ["visit", "pay"] },
        new("paid_big", Pay, 0) { Events = ["pay"] },
        new("odd", Visit, 0) { Events = ["visit"] },
    ];

    public static IReadOnlyList<DraftState> States { get; } =
    [
        new("l0", "label", 0), new("l1", "label", 1), new("l2", "label", 2), new("k0", "card label", 0), new("s0", "score", 1),
        new("s1", "card score", 0), new("learned", "list", 0), new("cards", "card list", 1),
    ];
}
