namespace PolicyEngine.Language.Diagnostics;

public static partial class DiagnosticCatalog
{
    private const string Cards = "entity card\nevent payment { account: account  card: card  amount: number }\n";

    private const string Ring = Cards + "link ring of account over 30d by card of payment\n";

    private static DiagnosticEntry[] Links =>
    [
        Wrong("P2701", "whom the event is about",
            "A link, a measure per group and accounts around a value need one account on each event: the field that is called as the entity, " +
            "or the only field of it.",
            "entity card\nevent transfer { sender: account  receiver: account  card: card }\nlink ring of account over 30d by card of transfer",
            "entity card\nevent transfer { account: account  receiver: account  card: card }\nlink ring of account over 30d by card of transfer"),
        Wrong("P2702", "span of a link",
            "Links end at multiples of a step, which divides the span: an hour for spans of a day or more, else a 24th, unless one is said.",
            Cards + "link ring of account over 25h30m by card of payment",
            Cards + "link ring of account over 25h30m step 30m by card of payment"),
        Wrong("P2703", "cap of a way",
            "`unless shared by more than N` keeps values that everyone has from linking strangers; `without label L` counts only members that " +
            "lack L. `unless shared by fewer than N` asks for company. Each stands once behind a `by`, with a whole number.",
            Cards + "link ring of account over 30d by card of payment unless shared by more than 2.5",
            Cards + "link ring of account over 30d by card of payment unless shared by more than 60"),
        Wrong("P2704", "group beside another key",
            "A measure or rule per group has the group alone as its key. What is kept for each member is added up over the members of now.",
            Ring + "measure m = count of payment per ring, card over 1d",
            Ring + "measure m = count of payment per ring over 1d"),
        Wrong("P2705", "group as a key that has to stay",
            "The members of a group change. Sequences, links and accounts around a value are kept per field or entity.",
            Ring + "rule r on payment per ring followed by login within 1h then observe",
            Ring + "rule r on payment per account followed by login within 1h then observe"),
        Wrong("P2710", "no group in hand",
            "The name of a link means the group of the account in hand. Where there are several accounts it is said whose: `ring(sender)`. " +
            "An account that is linked to nobody has no group, and all that is read of it is missing.",
            Ring + "event transfer { sender: account  receiver: account }\nrule r on each transfer when ring.size > 20 then observe",
            Ring + "event transfer { sender: account  receiver: account }\nrule r on each transfer when ring(sender) = ring(receiver) then observe"),
        Wrong("P2711", "group of a member",
            "In a measure over members, and in `each account of ring where …`, one account after the other is looked at. Its group is the same for all.",
            Ring + "measure m = share of ring where ring.size > 20",
            Ring + "measure m = share of ring where account has label bot"),
        Wrong("P2712", "response upon a group",
            "A response acts on accounts: on each member of a group at that moment. Labels of groups and cases are for the group itself.",
            Restraint + Ring + "rule r on account joins ring when ring.size > 20 then suspend ring for 1d",
            Restraint + Ring + "rule r on account joins ring when ring.size > 20 then suspend each account of ring for 1d at most 500 per hour"),
        Wrong("P2713", "members of another kind",
            "Members of a link's groups are of the entity that it links.",
            Ring + "rule r on card joins ring then observe",
            Ring + "rule r on account joins ring then observe"),
        Wrong("P2714", "label of groups",
            "`label L of ring` is a label of groups: groups are labelled and asked, not accounts. When groups merge they keep the labels of both, " +
            "when one splits every part keeps them; nothing is told at that moment, so no rule waits for such a label.",
            Ring + "label known of ring\nrule r on each payment when account has label known then observe",
            Ring + "label known of ring\nrule r on each payment when ring has label known then observe"),
        Wrong("P2716", "field that holds a group",
            "What a computed field is made of is fixed with its event. A group is asked when a rule looks.",
            Ring + "extend payment { all = ring }\nrule r on each payment when amount > 3 then observe",
            Ring + "extend payment { company = ring.size }\nrule r on each payment when company > 3 then observe"),
    ];

    private static DiagnosticEntry[] GroupMeasures =>
    [
        Wrong("P2706", "measure per group",
            "A measure per group counts the events of those who are members now. It is made of what is kept for each of them in steps, a 60th of the " +
            "span and a second at least, and so it has a span; count, sum, average, min, max, share, distinct, top_share and entropy can be had.",
            Ring + "measure m = latest card of payment per ring",
            Ring + "measure m = distinct card of payment per ring over 30d"),
        Wrong("P2707", "measure over members",
            "`of ring` goes over the members of now: count, share, sum, average, min or max of what each of them is or has.",
            Ring + "measure m = count of ring where account has label bot over 1d",
            Ring + "measure m = count of ring where account has label bot"),
        Wrong("P2708", "accounts around a value",
            "`share of account by card of payment over 30d where …` looks at those who bore a value within the span, in steps as links have. It is kept per value.",
            Cards + "measure guilt = share of account by card of payment where account has label bot",
            Cards + "measure guilt = share of account by card of payment over 30d where account has label bot"),
        Wrong("P2709", "alignment",
            "`alignment` compares how often those who share a key act in the same slot with how often they would by chance, block by block " +
            "of 60 slots. Its span is a whole number of blocks. It is kept per key, not per group.",
            "measure alike = alignment account of login within 7s per ip over 1h",
            "measure alike = alignment account of login within 10s per ip over 1h"),
        Wrong("P2715", "unknown part",
            "A group has size, reasons, id and age; an alignment has coincidences and expected.",
            Ring + "rule r on each payment when ring.count > 3 then observe",
            Ring + "rule r on each payment when ring.size > 3 then observe"),
    ];
}
