using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Binding;

/// <summary>C2: a part of `when` is a filter if it reads only what the event itself brings, lists and constants.</summary>
internal static class Filters
{
    public static bool IsFilter(Expression condition) => ExpressionTree.All(condition).All(part => part switch
    {
        MeasureRead or ScoreRead or LabelTestExpression or KeyRead or GapRead or StepRead or GroupRead or AlignmentRead or MemberRead => false,
        FieldRead read => read.ByEvent.Values.All(f => f.IsPlain),
        _ => true,
    });
}
