namespace PolicyEngine.DryRun;

/// <summary>A pack, recording, truth file or other input that cannot be used as it is; the message is a sentence for whoever gave it.</summary>
public sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
