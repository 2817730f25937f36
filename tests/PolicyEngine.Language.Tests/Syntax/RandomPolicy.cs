using System.Text;

namespace PolicyEngine.Language.Tests.Syntax;

/// <summary>
/// Random policies that are right by the grammar: every construct, with spaces, line ends, blank lines and comments thrown in
/// between the words.
/// </summary>
internal sealed class RandomPolicy(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<string> _words = [];

    public string Text()
    {
        var count = _random.Next(1, 8);
        for (var i = 0; i < count; i++) Statement();
        var text = new StringBuilder();
        foreach (var word in _words) text.Append(word).Append(Gap());
        return text.ToString();
    }

    private string Gap() => _random.Next(40) switch
    {
        < 28 => " ",
        < 34 => "\n",
        < 36 => "\n\n\n  ",
        < 37 => "\t",
        < 38 => "\r\n",
        < 39 => $" -- note {_random.Next(100)} {{ \"\n",
        _ => $"\n  -- line {_random.Next(100)} then '\n",
    };

    private void Add(params ReadOnlySpan<string> words)
    {
        foreach (var word in words) _words.Add(word);
    }

    private bool Maybe(int percent = 40) => _random.Next(100) < percent;

    private string Pick(params ReadOnlySpan<string> words) => words[_random.Next(words.Length)];

    private void Optionally(Action write)
    {
        if (Maybe()) write();
    }

    private void Many(Action write, string separator, int most = 3)
    {
        var count = _random.Next(1, most + 1);
        for (var i = 0; i < count; i++)
        {
            if (i > 0 && separator.Length > 0) Add(separator);
            write();
        }
    }

    private void Name() => Add(Pick("a", "account", "requests_1h", "ring", "`odd name`", "größe", "x2", "_"));

    private void Word() => Add(Pick("a", "score_of", "count", "label", "from", "then_", "rule", "test", "`in`", "first", "per_", "event"));

    private void Path()
    {
        Word();
        while (Maybe(20))
        {
            Add(".");
            Word();
        }
    }

    private void Ref()
    {
        Name();
        if (Maybe(10))
        {
            Add(".");
            Name();
        }
    }

    private void Refs() => Many(Ref, ",", 2);

    private void Keys() => Many(() =>
    {
        Path();
        if (Maybe(15))
        {
            Add("(");
            Many(() => Expression(1), ",", 2);
            Add(")");
        }
    }, ",", 2);

    private void Duration() => Add(Pick("250ms", "30s", "5m", "1h30m", "7d", "2w", "span"));

    private void Share() => Add(Pick("80%", "0.5%"));

    private void Quoted() => Add(Pick("\"a\"", "\"say \\\"hi\\\"\\n\\u{200b}\"", "\"{a} of {{b}}\"", "\"\""));

    private void Number() => Add(Pick("1", "42", "1_000_000"));

    private void Literal(int depth = 0)
    {
        switch (_random.Next(12))
        {
            case 0: Share(); break;
            case 1: Add(Pick("250ms", "1h30m")); break;
            case 2: Add(Pick("512KiB", "4GB")); break;
            case 3: Add(Pick("203.0.113.9", "2001:db8::1", "10.0.0.0/8", "::/0")); break;
            case 4: Add(Pick("2027-01-01", "2027-01-01T09:00:00Z")); break;
            case 5: Add(Pick("true", "false")); break;
            case 6: Number(); Add("per", Pick("second", "minute", "hour", "day")); break;
            case 7 when depth < 1: Add("["); Many(() => Literal(depth + 1), ","); if (Maybe()) Add(","); Add("]"); break;
            case 8: Add("0.7"); break;
            case 9: Number(); break;
            default: Quoted(); break;
        }
    }

    private void Expression(int depth) => Many(() => Many(() =>
    {
        while (Maybe(15)) Add("not");
        Comparison(depth);
    }, "and", 2), "or", 2);

    private void Comparison(int depth)
    {
        Amount(depth);
        switch (_random.Next(10))
        {
            case 0: Add(Pick("=", "!=")); Amount(depth); Fold(); break;
            case 1: Add(Pick("<", "<=", ">", ">=")); Amount(depth); break;
            case 2: Not(); Add("in"); Amount(depth); Fold(); break;
            case 3: Not(); Add("between"); Amount(depth); Add("and"); Amount(depth); break;
            case 4: Not(); Add(Pick("contains", "like", "starts with", "ends with")); Optionally(() => Add(Pick("any", "all"), "of")); Amount(depth); Fold(); break;
            case 5: Not(); Add("matches", Pick("'^[a-z]+\\d{3,}$'", "'it''s'")); break;
            case 6: Add("is", Pick("missing", "null", "present")); break;
            case 7: Not(); Add(Pick("has", "had"), "label"); Ref(); Optionally(() => { Add("older", "than"); Duration(); }); break;
        }
    }

    private void Not() => Optionally(() => Add("not"));

    private void Fold()
    {
        if (Maybe(15)) Add("ignoring", "case");
    }

    private void Amount(int depth) => Many(() => Many(() =>
    {
        while (Maybe(10)) Add("-");
        Primary(depth);
    }, Pick("*", "/"), 2), Pick("+", "-"), 2);

    private void Primary(int depth)
    {
        switch (_random.Next(depth > 2 ? 5 : 8))
        {
            case 0 or 1: Literal(); break;
            case 5: Add("("); Expression(depth + 1); Add(")"); break;
            case 6: Path(); Add("("); if (Maybe(80)) Many(() => Expression(depth + 1), ",", 2); Add(")"); break;
            case 7: Add("at", "least"); Number(); Add("of", "("); Many(() => Expression(depth + 1), ","); Add(")"); break;
            default: Path(); break;
        }
    }

    private void Statement()
    {
        switch (_random.Next(18))
        {
            case 0: Add("pack", "demo"); while (Maybe(50)) Metadata(); break;
            case 1: Add("use", "platform", "entity"); Name(); break;
            case 2: Add("event"); Name(); Optionally(() => { Add("from"); Quoted(); }); Add("{"); while (Maybe(70)) Field(); Add("}"); break;
            case 3: Add("event"); Name(); Add("="); Refs(); Optionally(() => { Add("where"); Expression(0); }); break;
            case 4: Add("extend"); Ref(); Add("{"); while (Maybe(50)) { Path(); Add("="); Expression(1); } Add("}"); break;
            case 5: Add("responses", "{"); while (Maybe(60)) Response(); Add("}"); break;
            case 6: Add("label"); Name(); Add("of"); Ref(); Optionally(Quoted); break;
            case 7: Add("list"); Name(); Add(":"); Type(); Fold(); if (Maybe()) { Add("from"); Quoted(); } else { Add("=", "["); if (Maybe(80)) Many(() => Literal(), ",", 12); Add("]"); } break;
            case 8: Add("let"); Name(); Add("="); Expression(0); break;
            case 9: Add("define"); Name(); Add("("); Many(() => { Name(); Add(":"); Type(); }, ",", 2); Add(")", "="); Expression(0); break;
            case 10 or 11: Measure(); break;
            case 12: Link(); break;
            case 13: Add("score"); Name(); Add("of"); Ref(); Add("halves", "every"); Duration(); break;
            case 14: Add("except", "for"); Refs(); Add("when"); Expression(0); Optionally(() => Add("until", "2027-01-01")); Add("because"); Quoted(); break;
            case 15: Recipe(); break;
            case 16: Test(); break;
            default: Rule(); break;
        }
    }

    private void Type()
    {
        if (Maybe(20)) { Add("list", "<"); Ref(); Add(">"); }
        else if (Maybe(10)) Add(Pick("event", "label", "rate"));
        else Ref();
        if (Maybe()) Add("?");
    }

    private void Field()
    {
        Path();
        if (Maybe(30)) { Add("="); Expression(1); return; }
        Add(":");
        Type();
        if (Maybe(20)) Add("sensitive");
        if (Maybe(20)) { Add("from"); Quoted(); }
    }

    private void Response()
    {
        Optionally(() => Add("also"));
        Name();
        Ref();
        while (Maybe(30)) { Add(Pick("to", "for", "in", "with", "by", "from")); Type(); }
    }

    private void Metadata()
    {
        switch (_random.Next(6))
        {
            case 0: Add("tags"); Many(Quoted, ","); break;
            case 1: Add("severity", Pick("low", "medium", "high", "critical")); break;
            case 2: Add("stage", Pick("draft", "shadow", "enforce", "paused", "retired")); break;
            case 3: Add("stage", "sampled"); Share(); break;
            case 4: Add("holdout"); Share(); break;
            default: Add(Pick("owner", "policy", "runbook")); Quoted(); break;
        }
    }

    private void Measure()
    {
        Add("measure");
        Name();
        Add("=");
        if (Maybe(15))
        {
            Add(Pick("share", "count"), "of"); Ref(); Add("by"); Keys(); Add("of"); Refs(); Add("over"); Duration();
            Optionally(() => { Add("where"); Expression(0); });
            return;
        }
        switch (_random.Next(5))
        {
            case 0: Add(Pick("count", "rate", "share"), "of"); Refs(); break;
            case 1: Add("percentile"); Number(); Amount(1); Add("of"); Refs(); break;
            case 2: Add("alignment"); Amount(1); Add("of"); Refs(); Add("within"); Duration(); break;
            case 3: Add("since", Pick("first", "last")); Refs(); break;
            default: Add(Pick("sum", "average", "min", "max", "variation", "distinct", "entropy", "top_share", "first", "latest", "previous")); Amount(1); Add("of"); Refs(); break;
        }
        Optionally(() => { Add("where"); Expression(0); });
        Optionally(() => { Add("per"); Keys(); });
        if (Maybe(60)) Window();
    }

    private void Window()
    {
        Add("over");
        switch (_random.Next(3))
        {
            case 0: Add("each"); Duration(); break;
            case 1: Add("session", "until"); Duration(); Add("idle"); break;
            default: Duration(); Optionally(() => { Add("step"); Duration(); }); Optionally(() => { Add("ending"); Duration(); Add("ago"); }); break;
        }
    }

    private void Link()
    {
        Add("link"); Name(); Add("of"); Ref(); Add("over"); Duration();
        Optionally(() => { Add("step"); Duration(); });
        Many(() =>
        {
            Add("by"); Keys(); Add("of"); Refs();
            while (Maybe(30)) { Add("unless", "shared", "by", Pick("more", "fewer"), "than"); Number(); Optionally(() => { Add("without", "label"); Ref(); }); }
        }, "");
    }

    private void Rule()
    {
        Add("rule"); Name(); Optionally(Quoted);
        if (Maybe(15)) { Add("from"); Ref(); Add("("); if (Maybe(80)) Many(() => Expression(1), ",", 2); Add(")"); }
        else Body();
        while (Maybe()) Clause();
    }

    private void Recipe()
    {
        Add("recipe"); Name(); Add("("); Many(() => { Name(); Add(":"); Type(); }, ",", 2); Add(")", "{");
        while (Maybe()) Measure();
        Body();
        while (Maybe()) Clause();
        Add("}");
    }

    private void Clause()
    {
        switch (_random.Next(5))
        {
            case 0: Add("once", "in"); Duration(); break;
            case 1: Add("rearm", "when"); Expression(0); break;
            case 2: Add("fail", "closed"); break;
            case 3: Add("formerly"); Ref(); break;
            default: Metadata(); break;
        }
    }

    private void Body()
    {
        Add("on");
        switch (_random.Next(6))
        {
            case 0: Add("each"); Refs(); break;
            case 1: Add("every"); Duration(); Add("per"); Keys(); break;
            case 2: Add("label"); Ref(); Add(Pick("added to", "removed from")); Ref(); break;
            case 3: Ref(); Add("joins"); Ref(); break;
            case 4: Step(); Add("per"); Keys(); Many(() => { Not(); Add("followed", "by"); Step(); }, ""); Add("within"); Duration(); Optionally(() => { Add("until"); Step(); }); break;
            default: Refs(); Add("per"); Keys(); break;
        }
        if (Maybe(70)) { Add("when"); Expression(0); }
        while (Maybe(20)) { Add("except", "when"); Expression(0); Optionally(() => Add("until", "2027-01-01")); Add("because"); Quoted(); }
        Add("then");
        Many(ActOf, ",");
        Optionally(() => { Add("because"); Quoted(); });
    }

    private void Step()
    {
        Optionally(() => { Number(); Add("times"); });
        Refs();
        if (Maybe(20)) { Add("as"); Word(); }
        Optionally(() => { Add("where"); Expression(1); });
    }

    private void ActOf()
    {
        switch (_random.Next(7))
        {
            case 0: Add("observe"); break;
            case 1: Add("label"); Target(); Add("as"); Ref(); Optionally(() => { Add("for"); Duration(); }); break;
            case 2: Add("unlabel"); Target(); Add("as"); Ref(); break;
            case 3: Add("add"); Amount(1); Add("to"); Ref(); Optionally(() => { Add("of"); Target(); }); Optionally(() => { Add("for"); Duration(); }); break;
            case 4: Add("remove"); Amount(1); Add("from"); Ref(); break;
            case 5: Add("open", "case", "for"); Target(); break;
            default: Ref(); Target(); while (Maybe(30)) { Add(Pick("to", "for", "in", "with", "by", "from")); Amount(1); } break;
        }
        if (Maybe(20)) { Add("at", "most"); Number(); Add("per", Pick("second", "minute", "hour", "day")); }
        if (Maybe(20)) { Add("after"); Duration(); Optionally(() => { Add("to"); Duration(); }); }
    }

    private void Target()
    {
        if (Maybe(70)) { Path(); return; }
        Add("each"); Ref(); Add("of"); Ref();
        Optionally(() => { Add("where"); Path(); Add(Pick("=", ">")); Amount(1); });
    }

    private void Test()
    {
        Add("test"); Quoted(); Optionally(() => Add("starting", "2026-02-01"));
        Many(() =>
        {
            Add("given");
            switch (_random.Next(3))
            {
                case 0: Add("label"); Ref(); Add("for"); Ref(); Quoted(); Optionally(() => { Add("at"); Duration(); }); break;
                case 1: Literal(); Add("in"); Ref(); break;
                default: Optionally(() => { Number(); Add("times"); }); Ref(); Optionally(() => { Add("at"); Duration(); }); Optionally(() => { Add("every"); Duration(); Optionally(() => { Add("for"); Duration(); }); }); Record(0); break;
            }
        }, "");
        Many(() =>
        {
            Optionally(() => Add("todo"));
            Add("expect");
            switch (_random.Next(4))
            {
                case 0: Add("nothing"); break;
                case 1: Optionally(() => Add("no")); Add("label"); Ref(); break;
                case 2: Add("value"); Amount(1); Add(">="); Amount(1); break;
                default: Optionally(() => Add("no")); Ref(); break;
            }
            Optionally(() => { Add("for"); Ref(); Quoted(); });
            Optionally(() => { Add("by"); Ref(); });
            Optionally(() => { Number(); Add("times"); });
            Optionally(() => { Add("at"); Duration(); });
        }, "");
    }

    private void Record(int depth)
    {
        Add("{");
        if (Maybe(80)) Many(() => { Path(); Add(":"); if (depth < 2 && Maybe(15)) Record(depth + 1); else Literal(); }, ",");
        Add("}");
    }
}
