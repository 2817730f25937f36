namespace PolicyEngine.Language.Diagnostics;

/// <summary>Sigma rules, correlations, filters and mapping files. The examples are Sigma files.</summary>
public static partial class DiagnosticCatalog
{
    private const string Head = "title: Suspicious login\nlogsource: {product: shop, category: login}\n";

    private const string Login = "title: Login\nname: login\nlogsource: {product: shop, category: login}\ndetection: {bad: {result: failed}, condition: bad}\n---\ntitle: Many logins\n";

    private static IEnumerable<DiagnosticEntry[]> SigmaAreas() => [SigmaRules, SigmaValues, SigmaTogether];

    private static DiagnosticEntry[] SigmaRules =>
    [
        Yaml("P6001", "part of a Sigma document",
            "A Sigma rule has a log source and a detection with a condition, a correlation has type, rules and timespan, a filter has rules.",
            Head + "detection:\n  selection: {user: admin}\n",
            Head + "detection:\n  selection: {user: admin}\n  condition: selection\n"),
        Yaml("P6002", "shape of a Sigma document",
            "A selection is a mapping of fields to values, a list of such mappings, or a list of texts that are looked for in the whole event.",
            Head + "detection:\n  selection: {user: {name: admin}}\n  condition: selection\n",
            Head + "detection:\n  selection: {user.name: admin}\n  condition: selection\n"),
        Yaml("P6003", "Sigma condition",
            "A condition joins selections by `and`, `or`, `not` and parentheses; `1 of filter_*` and `all of them` stand for several at once.",
            Head + "detection:\n  selection: {user: admin}\n  condition: (selection\n",
            Head + "detection:\n  selection: {user: admin}\n  condition: selection\n"),
        Yaml("P6004", "unknown selection",
            "A condition names the parts of `detection`, one by one or by a pattern with `*`.",
            Head + "detection:\n  selection: {user: admin}\n  condition: selektion\n",
            Head + "detection:\n  selection: {user: admin}\n  condition: selection\n"),
        Yaml("P6005", "counting in a condition",
            "Sigma once counted in the condition, behind `|`. That is said by a correlation now: a document of its own that names the rule, how events " +
            "are grouped, over which span, and how many there must be.",
            Head + "detection:\n  selection: {result: failed}\n  condition: selection | count() by user > 10\n  timeframe: 5m\n",
            Login + "correlation: {type: event_count, rules: [login], group-by: [user], timespan: 5m, condition: {gt: 10}}\n"),
    ];

    private static DiagnosticEntry[] SigmaValues =>
    [
        Yaml("P6006", "unknown modifier",
            "Behind a field's name and a bar stands how its values are meant: contains, startswith, endswith, all, re, cidr, windash, base64offset and others.",
            Head + "detection:\n  selection: {user|containz: adm}\n  condition: selection\n",
            Head + "detection:\n  selection: {user|contains: adm}\n  condition: selection\n"),
        Yaml("P6007", "value that its modifier cannot take",
            "`lt`, `lte`, `gt` and `gte` take numbers, `cidr` takes networks, `exists` takes true or false, and what is encoded has no wildcards.",
            Head + "detection:\n  selection: {ip|cidr: 10.0.0}\n  condition: selection\n",
            Head + "detection:\n  selection: {ip|cidr: 10.0.0.0/8}\n  condition: selection\n"),
        Yaml("P6008", "pattern of `re`",
            "Patterns run in linear time, so that no event can hold up the others. Looking ahead or back, back references and patterns of very many states " +
            "are refused. What must not stand somewhere is a selection of its own, behind `not`.",
            Head + "detection:\n  selection: {path|re: '^/(?!public/)'}\n  condition: selection\n",
            Head + "detection:\n  selection: {path|re: '^/'}\n  public: {path|startswith: /public/}\n  condition: selection and not public\n"),
        Yaml("P6009", "placeholder without values",
            "With `expand` a name between percent signs stands for values that every house has of its own. A mapping file beside the rules gives them.",
            Head + "detection:\n  selection: {user|expand: '%admins%'}\n  condition: selection\n",
            Head + "detection:\n  selection: {user|expand: '%admins%'}\n  condition: selection\n---\nplaceholders:\n  admins: [root, adm*]\n"),
        Yaml("P6010", "too many variants",
            Limit + "One value may stand for 4 096 texts, by `windash` and placeholders.",
            Head + "detection:\n  selection: {line|windash|contains: ' -a -b -c -d -e -f'}\n  condition: selection\n",
            Head + "detection:\n  selection: {line|windash|contains|all: [' -a', ' -b', ' -c', ' -d', ' -e', ' -f']}\n  condition: selection\n"),
    ];

    private static DiagnosticEntry[] SigmaTogether => [.. SigmaPairs, .. SigmaPack];

    private static DiagnosticEntry[] SigmaPairs =>
    [
        Yaml("P6015", "modifiers that do not go together",
            "A value is one thing: a text, a pattern, a network, a number. Modifiers that make a text of it do not go with those that take something else, " +
            "`all` wants several values, and `week` is not among what a date says in its digits.",
            Head + "detection:\n  selection: {ip|cidr|contains: 10.0.0.0/8}\n  condition: selection\n",
            Head + "detection:\n  selection: {ip|cidr: 10.0.0.0/8}\n  condition: selection\n"),
    ];

    private static DiagnosticEntry[] SigmaPack =>
    [
        Doubt("P6011", "log source without events",
            "Without a mapping the events of a log source are of the type that its product, category and service make, joined by dots. With " +
            "`otherwise: report` only mapped log sources are read, and a rule for another one is named, because it would never fire.",
            Head + "detection:\n  selection: {user: admin}\n  condition: selection\n---\nlogsources: []\notherwise: report\n",
            Head + "detection:\n  selection: {user: admin}\n  condition: selection\n---\nlogsources:\n  - logsource: {product: shop}\n    event: login\notherwise: report\n"),
        Yaml("P6012", "rule that is not there",
            "Correlations and filters name rules by their `id` or `name`. These rules have to be among the files that are loaded together.",
            Login + "correlation: {type: event_count, rules: [logn], group-by: [user], timespan: 5m, condition: {gt: 10}}\n",
            Login + "correlation: {type: event_count, rules: [login], group-by: [user], timespan: 5m, condition: {gt: 10}}\n"),
        Yaml("P6013", "correlation",
            "A correlation is of type event_count, value_count, value_sum, value_avg, value_percentile, value_median, temporal or temporal_ordered. Those " +
            "that count compare with a number; those of values name a field; a timespan is a number and `s`, `m`, `h` or `d`.",
            Login + "correlation: {type: event_count, rules: [login], group-by: [user], timespan: 5 minutes, condition: {gt: 10}}\n",
            Login + "correlation: {type: event_count, rules: [login], group-by: [user], timespan: 5m, condition: {gt: 10}}\n"),
        Yaml("P6014", "mapping file",
            "A mapping file has `logsources`, each with the `event` that its rules read and if need be other names of `fields` and the `entities` that fields " +
            "name; `placeholders` with their values; `use` for packs; and `otherwise: report` for log sources that it does not name.",
            "logsources:\n  - logsource: {product: shop}\n",
            "logsources:\n  - logsource: {product: shop}\n    event: login\n    fields: {user: account}\n"),
        Yaml("P6016", "part of our own in a filter",
            "Under `policyengine` a rule or a correlation says what this engine does when it fires, in which stage, and tests that show it. A filter fires " +
            "nothing, it only spares; others pass over the key.",
            Login.Replace("title: Many logins\n", "", StringComparison.Ordinal) +
            "title: Spared\nlogsource: {product: shop, category: login}\nfilter: {rules: [login], own: {user: tester}, condition: not own}\npolicyengine: {stage: enforce}\n",
            Head + "detection:\n  selection: {user: admin}\n  condition: selection\npolicyengine: {stage: enforce}\n"),
    ];

    private static DiagnosticEntry Doubt(string code, string title, string why, string wrong, string right) =>
        new(code, Severity.Warning, title, why, wrong, right);
}
