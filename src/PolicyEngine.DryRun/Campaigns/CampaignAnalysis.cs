using PolicyEngine.DryRun.Recordings;
using PolicyEngine.Language.Model;

namespace PolicyEngine.DryRun.Campaigns;

/// <summary>What the accounts of given cases did in a recording.</summary>
public static class CampaignAnalysis
{
    /// <param name="member">What the cases' members are: `account`.</param>
    /// <param name="path">The recording, plain or packed.</param>
    /// <exception cref="InputException">The recording cannot be read.</exception>
    public static CampaignsReport Of(
        PolicyModel model, EntitySymbol member, IReadOnlyList<CampaignCase> cases, string path, Action<DryRunProgress>? progress = null,
        CancellationToken stop = default)
    {
        var fields = new ActivityFields(model, member);
        var pass = new ActivityPass(fields, cases);
        using var reader = RecordingReader.Open(path);
        pass.Run(reader, progress, stop);
        return new CampaignSummary(fields, pass).Write(path);
    }
}
