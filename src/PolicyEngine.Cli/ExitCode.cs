namespace PolicyEngine.Cli;

/// <summary>The exit codes that scripts rely on; they never change their meaning.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    /// <summary>The check says no: errors in a pack, failing tests.</summary>
    public const int No = 1;
    public const int Usage = 64;
    public const int BadInput = 65;
    public const int Unreachable = 69;
    public const int OurFault = 70;
    public const int InputOutput = 74;
    public const int TryLater = 75;
    public const int Interrupted = 130;
}

/// <summary>A command cannot go on; the message is a sentence for the user, shown as `error: …`.</summary>
internal sealed class CommandFailure(int code, string message) : Exception(message)
{
    public int Code { get; } = code;

    /// <summary>What to try instead, shown on a line of its own.</summary>
    public string? Help { get; init; }
}
