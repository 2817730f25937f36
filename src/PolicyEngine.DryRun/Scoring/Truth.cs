namespace PolicyEngine.DryRun.Scoring;

/// <summary>What one key really is.</summary>
/// <param name="Cohorts">One value a cohort column, empty where the row says nothing.</param>
public sealed record TruthRow(string Key, bool IsBad, IReadOnlyList<string> Cohorts);

/// <summary>
/// What the keys of a recording really are, for scoring. Rules never see it. From a CSV file with a header: the first column is the key
/// and bears its entity's name, `label` says fraud or benign (or bad, good), every further column is a cohort. A row without a label is
/// left out.
/// </summary>
public sealed record Truth(string KeyName, IReadOnlyList<string> CohortColumns, IReadOnlyDictionary<string, TruthRow> Rows)
{
    /// <exception cref="InputException">The file cannot be read or is not such a table.</exception>
    public static Truth Read(string path) => TruthReader.Read(path);
}
