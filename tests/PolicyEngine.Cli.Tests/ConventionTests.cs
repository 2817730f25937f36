namespace PolicyEngine.Cli.Tests;

/// <summary>What every command keeps to: where it writes, when it uses colours, and what it says about wrong arguments.</summary>
public sealed class ConventionTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cases", "020-check-error");

    [Fact]
    public async Task Redirected_output_has_no_escape_sequences_unless_asked_for()
    {
        var plain = await PolicyProcess.Run(Folder, ["check", "."]);
        Assert.DoesNotContain('\e', plain.Out + plain.Error);
        var coloured = await PolicyProcess.Run(Folder, ["check", ".", "--color", "always"]);
        Assert.Contains('\e', coloured.Out);
        var never = await PolicyProcess.Run(Folder, ["check", ".", "--color", "auto"], environment: ("NO_COLOR", "1"));
        Assert.DoesNotContain('\e', never.Out + never.Error);
    }

    [Fact]
    public async Task Quiet_keeps_standard_error_empty()
    {
        var (exit, output, error) = await PolicyProcess.Run(Folder, ["check", ".", "-q", "--format", "concise"]);
        Assert.Equal((1, ""), (exit, error));
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_folder_given_by_C_is_worked_in()
    {
        var (exit, output, _) = await PolicyProcess.Run(AppContext.BaseDirectory, ["check", ".", "-C", Folder, "--format", "concise"]);
        Assert.Equal(1, exit);
        Assert.StartsWith("pack.policy:", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -o filenames -F _policy policy")]
    [InlineData("zsh", "#compdef policy")]
    [InlineData("fish", "complete -c policy")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task A_completion_script_knows_the_commands(string shell, string mark)
    {
        var (exit, output, _) = await PolicyProcess.Run(Folder, ["completion", shell]);
        Assert.Equal(0, exit);
        Assert.Contains(mark, output, StringComparison.Ordinal);
        Assert.Contains("decisions list", output, StringComparison.Ordinal);
        Assert.Contains("deny", output, StringComparison.Ordinal);
    }
}
