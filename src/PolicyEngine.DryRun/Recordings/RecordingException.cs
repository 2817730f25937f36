namespace PolicyEngine.DryRun.Recordings;

/// <summary>A recording, truth file or other input that cannot be used as it is; the message is a sentence for whoever gave it.</summary>
public sealed class RecordingException(string message, Exception? inner = null) : Exception(message, inner);
