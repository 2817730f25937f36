using PolicyEngine.Language.Checks.Warnings;
using PolicyEngine.Language.Diagnostics;
using PolicyEngine.Language.Model;

namespace PolicyEngine.Language.Checks;

/// <summary>Warnings about a model without errors, one check a kind.</summary>
internal static class PolicyChecks
{
    public static IEnumerable<Diagnostic> Warn(PolicyModel model, long? today) =>
    [
        .. NegationOfMissing.Run(model),
        .. ShareWithoutCount.Run(model),
        .. AddressAlone.Run(model),
        .. WithoutEnd.Run(model, today),
        .. Unused.Run(model),
        .. RuleHousekeeping.Run(model),
        .. ConstantParts.Run(model),
        .. EndsBeforeRenewal.Run(model),
        .. GroupResponses.Run(model),
    ];
}
