using PolicyEngine.Runtime.Events;

namespace PolicyEngine.Runtime.Matching;

/// <summary>
/// Says on which rows of a batch a rule could fire: no row that could may be left out, others may be in. Rules reach it as data of the
/// plan, so that another matching engine can stand behind it.
/// </summary>
public interface IMatcher
{
    /// <summary>Looks at a batch. Gives the rules that have a candidate row, ascending; valid until the next batch.</summary>
    ReadOnlySpan<int> Match(EventBatch batch);

    /// <summary>The candidate rows of a rule that <see cref="Match"/> gave: bit r &amp; 63 of word r >> 6.</summary>
    ReadOnlySpan<ulong> Rows(int rule);
}
