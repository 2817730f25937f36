using PolicyEngine.Language.Diagnostics;

namespace PolicyEngine.Language.Tests.Binding;

public sealed class TypeTests
{
    public static TheoryData<string, string> Cases => LineCases.Read("binding/types.txt");

    public static TheoryData<string, string> Warnings => LineCases.Read("binding/warnings.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_expression_has_a_type_or_one_error(string expression, string expected)
    {
        var text = TestCases.Read("binding/types.policy").Text.Replace("EXPRESSION", expression, StringComparison.Ordinal);
        var result = Example.Compile(text);
        // A computed field that reads a measure, score or label which waits for nothing is no circle; errors stand alone.
        var errors = result.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Code).ToList();
        var type = result.Model?.Events.Single().Fields.Single(f => f.Name == "x").Type.ToString();
        Assert.Equal(expected, errors.Count == 0 ? type : string.Join(' ', errors));
    }

    [Theory]
    [MemberData(nameof(Warnings))]
    public void A_condition_is_warned_of(string condition, string expected)
    {
        var text = TestCases.Read("binding/warnings.policy").Text.Replace("CONDITION", condition, StringComparison.Ordinal);
        Assert.Equal(expected, string.Join(' ', Example.Codes(text)));
    }
}
