using System.Text;

namespace PolicyEngine.Language.Diagnostics;

/// <summary>YAML as such, whatever it spells. The examples are YAML texts.</summary>
public static partial class DiagnosticCatalog
{
    private const string OneReading = "A text that comes from outside must not grow when it is read, and has one reading. ";

    private static IEnumerable<DiagnosticEntry[]> YamlAreas() => [YamlText, YamlRefused, YamlSpelling];

    private static DiagnosticEntry[] YamlText =>
    [
        Yaml("P5001", "no YAML",
            "Some signs mean something to YAML where a value begins, such as `*`, `&`, `%`, `@`, `!` and backticks, and a key ends in a colon. " +
            "A text that begins with one of them stands in quotes.",
            "detection:\n  user: @admin\n",
            "detection:\n  user: '@admin'\n"),
        Yaml("P5002", "tab as indentation",
            "How far a line is indented says what it belongs to, and a tab has no width of its own. Lines are indented by spaces.",
            "detection:\n\tuser: admin\n",
            "detection:\n  user: admin\n"),
        Yaml("P5003", "wrong indentation",
            "All keys of a mapping, and all items of a list, begin in one column; what belongs to them stands further right.",
            "detection:\n    user: admin\n  host: web\n",
            "detection:\n  user: admin\n  host: web\n"),
        Yaml("P5004", "not closed",
            "A quote, bracket or brace that is opened has to be closed.",
            "title: 'all of it\nlevel: high\n",
            "title: 'all of it'\nlevel: high\n"),
        Yaml("P5005", "unknown escape",
            "Between double quotes a backslash begins an escape such as `\\n`, `\\\"` or `\\\\`. Between single quotes, and without quotes, it is " +
            "a sign like any other: paths and patterns are best written so.",
            "path: \"C:\\Windows\\System32\"\n",
            "path: 'C:\\Windows\\System32'\n"),
        Yaml("P5010", "key that is no text",
            "A key is a text, a number or a truth value, not a list or a mapping.",
            "[a, b]: c\n",
            "ab: c\n"),
        Yaml("P5014", "colon within a text",
            "A colon with a space behind it ends a key. A text that holds one stands in quotes.",
            "title: Warning: many logins\n",
            "title: 'Warning: many logins'\n"),
    ];

    private static DiagnosticEntry[] YamlRefused =>
    [
        Yaml("P5006", "anchor or alias",
            OneReading + "So nothing can be named by `&` and repeated by `*`.",
            "one: &x [a, b]\ntwo: *x\n",
            "one: [a, b]\ntwo: [a, b]\n"),
        Yaml("P5007", "tag",
            OneReading + "So no value can say by `!` what it is to be taken for. Quotes make a text of anything.",
            "port: !!str 443\n",
            "port: '443'\n"),
        Yaml("P5008", "merge key",
            OneReading + "So `<<` cannot bring in the keys of another mapping.",
            "one:\n  <<: {a: b}\n",
            "one:\n  a: b\n"),
        Yaml("P5009", "key that stands twice",
            "Each key stands once in its mapping; of two, a reader could take either.",
            "selection:\n  user: admin\n  user: root\n",
            "selection:\n  user: [admin, root]\n"),
        Yaml("P5011", "nested too deep",
            Limit + "Lists and mappings may be nested 32 levels deep.",
            "deep: " + new string('[', 40) + new string(']', 40) + "\n",
            "deep: [[[]]]\n"),
        Yaml("P5012", "file too large",
            Limit + "A YAML file has at most one mebibyte. Long lists belong in files of their own.",
            "many: '" + new string('x', 1 << 20) + "'\n",
            "many: 'x'\n"),
        Yaml("P5013", "more errors",
            "Only the first hundred errors of a YAML file are shown.",
            Repeated("- !!str a\n", 102),
            "- a\n"),
    ];

    private static DiagnosticEntry[] YamlSpelling =>
    [
        Yaml("P5101", "no list of declarations",
            "A policy in YAML is a list. Each item declares one thing: its first key is the kind and holds the name, the other keys are its clauses.",
            "pack: billing\nowner: trust\n",
            "- pack: billing\n  owner: trust\n"),
        Yaml("P5102", "unknown kind",
            "The first key of an item says what is declared: a pack, event, measure, rule, test and so on.",
            "- measur: logins\n  value: count of login\n",
            "- measure: logins\n  value: count of login\n"),
        Yaml("P5103", "unknown key",
            "Each kind of declaration has its own keys, named as the words of the language. A key that none of them is would be a clause that is never heeded.",
            "- rule: many\n  on: each login\n  wen: logins > 3\n  then: observe\n",
            "- rule: many\n  on: each login\n  when: logins > 3\n  then: observe\n"),
        Yaml("P5104", "missing key",
            "Some clauses cannot be left out: a rule needs what it looks at and what it does, a measure its function.",
            "- rule: many\n  on: each login\n  when: logins > 3\n",
            "- rule: many\n  on: each login\n  when: logins > 3\n  then: observe\n"),
        Yaml("P5105", "wrong kind of value",
            "What stands under a key has to be of its kind: a text, a list or a mapping.",
            "- event: login\n  fields: account\n",
            "- event: login\n  fields:\n    account: text\n"),
        Yaml("P5106", "second document",
            "A line `---` begins a new document. A policy file is one document, so what follows would belong to no pack.",
            "- pack: billing\n---\n- entity: account\n",
            "- pack: billing\n- entity: account\n"),
    ];

    private static DiagnosticEntry Yaml(string code, string title, string why, string wrong, string right) =>
        new(code, Severity.Error, title, why, wrong, right);

    private static string Repeated(string line, int times) => new StringBuilder().Insert(0, line, times).ToString();
}
