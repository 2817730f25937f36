using System.Globalization;
using PolicyEngine.Language.Binding;
using PolicyEngine.Language.Model;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Compiler.Planning;

internal sealed partial class DefinitionText
{
    /// <summary>Of the steps alone (J6): what the rule asks and does after them does not enter.</summary>
    public static string HashOfSteps(Trigger trigger, View view)
    {
        var text = new DefinitionText();
        text._text.Append(CultureInfo.InvariantCulture, $"steps v{FunctionsVersion} {view} ");
        text.Steps(trigger);
        return Hash(text._text.ToString());
    }

    /// <summary>Of what is read of a step's event.</summary>
    public static string HashOf(StepRead read)
    {
        var text = new DefinitionText();
        text.Write(read);
        return Hash(text._text.ToString());
    }

    private void Steps(Trigger trigger)
    {
        var within = trigger is SequenceTrigger sequence ? sequence.Within : ((AbsenceTrigger)trigger).Within;
        Open($"{trigger.GetType().Name} {within.ToString(CultureInfo.InvariantCulture)}");
        foreach (var step in RuleSteps.Of(trigger))
        {
            Open($"step {step.Times.ToString(CultureInfo.InvariantCulture)} {step.IsAbsent}");
            foreach (var source in step.Sources) Source(source);
            Optional("where", step.Where);
            Close();
        }
        foreach (var key in RuleSteps.KeysOf(trigger)) ByEvent("key", key.ByEvent);
        Close();
    }
}
