using System.Globalization;
using PolicyEngine.Language.Model;
using PolicyEngine.Language.Syntax;
using Metadata = PolicyEngine.Language.Model.Metadata;

namespace PolicyEngine.Language.Binding;

/// <summary>Metadata: a rule's own words over those of its pack.</summary>
internal sealed class MetadataBinder(Workspace workspace)
{
    public Metadata Bind(IEnumerable<Syntax.Metadata> said, Metadata over)
    {
        var first = new Dictionary<Type, Syntax.Metadata>();
        var result = over;
        foreach (var one in said)
        {
            if (!first.TryAdd(one.GetType(), one)) workspace.Add(PackErrors.MetadataTwice(one.Span, Word(one), first[one.GetType()].Span));
            else result = Apply(result, one);
        }
        return result;
    }

    private Metadata Apply(Metadata result, Syntax.Metadata one) => one switch
    {
        OwnerMetadata owner => result with { Owner = owner.Text.Value },
        PolicyMetadata policy => result with { Policy = policy.Text.Value },
        RunbookMetadata runbook => result with { Runbook = runbook.Text.Value },
        TagsMetadata tags => result with { Tags = [.. tags.Tags.Select(t => t.Value)] },
        SeverityMetadata severity => result with { Severity = severity.Word },
        StageMetadata stage => result with { Stage = StageOf(stage.Word), SampledShare = stage.Share is null ? 0 : Hundredths(stage.Share) },
        HoldoutMetadata holdout => result with { Holdout = Hundredths(holdout.Share) },
        _ => result,
    };

    private static Stage StageOf(string word) => word switch
    {
        "draft" => Stage.Draft,
        "sampled" => Stage.Sampled,
        "enforce" => Stage.Enforce,
        "paused" => Stage.Paused,
        "retired" => Stage.Retired,
        _ => Stage.Shadow,
    };

    private static string Word(Syntax.Metadata metadata) => metadata switch
    {
        OwnerMetadata => "owner",
        PolicyMetadata => "policy",
        RunbookMetadata => "runbook",
        TagsMetadata => "tags",
        SeverityMetadata => "severity",
        StageMetadata => "stage",
        _ => "holdout",
    };

    /// <summary>Hundredths of a percent, from the digits as written.</summary>
    private int Hundredths(ShareLiteral share)
    {
        var read = decimal.TryParse(share.Percent.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent);
        if (read && percent is >= 0 and <= 100 && percent * 100 % 1 == 0) return (int)(percent * 100);
        workspace.Add(PackErrors.FineShare(share.Span));
        return 0;
    }
}
