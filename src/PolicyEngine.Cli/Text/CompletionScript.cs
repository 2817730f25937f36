using System.Text;

namespace PolicyEngine.Cli.Text;

/// <summary>
/// Completion scripts that hold the whole command tree, so that pressing Tab starts no process. Where no word fits, the shell completes
/// file names.
/// </summary>
internal static class CompletionScript
{
    public static string Bash(IReadOnlyList<CompletionEntry> tree)
    {
        var script = new StringBuilder("# bash completion for policy: source <(policy completion bash)\n_policy() {\n");
        script.Append("  local word=\"${COMP_WORDS[COMP_CWORD]}\" path=\"\" i\n  local words\n");
        script.Append("  for ((i = 1; i < COMP_CWORD; i++)); do\n    case \"${path:+$path }${COMP_WORDS[i]}\" in\n");
        script.Append($"      {Patterns(tree)}) path=\"${{path:+$path }}${{COMP_WORDS[i]}}\" ;;\n    esac\n  done\n  case \"$path\" in\n");
        foreach (var entry in tree) script.Append($"    {Quote(entry.Path)}) words={Quote(Words(entry))} ;;\n");
        script.Append("  esac\n  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n");
        script.Append("  if [[ ${#COMPREPLY[@]} -eq 0 ]]; then COMPREPLY=($(compgen -f -- \"$word\")); fi\n}\n");
        return script.Append("complete -o filenames -F _policy policy\n").ToString();
    }

    public static string Zsh(IReadOnlyList<CompletionEntry> tree)
    {
        var script = new StringBuilder("#compdef policy\n# zsh completion for policy: policy completion zsh > \"${fpath[1]}/_policy\"\n_policy() {\n");
        script.Append("  local path_words=\"\" i\n  local -a choices\n  for ((i = 2; i < CURRENT; i++)); do\n");
        script.Append("    case \"${path_words:+$path_words }${words[i]}\" in\n");
        script.Append($"      {Patterns(tree)}) path_words=\"${{path_words:+$path_words }}${{words[i]}}\" ;;\n    esac\n  done\n");
        script.Append("  case \"$path_words\" in\n");
        foreach (var entry in tree)
        {
            var choices = entry.Words.Select(w => Quote($"{w.Text.Replace(":", "\\:")}:{w.Description}"));
            script.Append($"    {Quote(entry.Path)}) choices=({string.Join(' ', choices)}) ;;\n");
        }
        script.Append("  esac\n  _describe 'policy' choices\n  _files\n}\n");
        return script.Append("if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _policy \"$@\"; else compdef _policy policy; fi\n").ToString();
    }

    public static string Fish(IReadOnlyList<CompletionEntry> tree)
    {
        var script = new StringBuilder("# fish completion for policy: policy completion fish > ~/.config/fish/completions/policy.fish\n");
        script.Append("function __policy_path\n  set -l path ''\n  for word in (commandline -opc)[2..]\n");
        script.Append("    set -l longer (string trim -- \"$path $word\")\n    switch $longer\n      case ");
        script.Append(string.Join(' ', tree.Where(e => e.Path.Length > 0).Select(e => Quote(e.Path))));
        script.Append("\n        set path $longer\n    end\n  end\n  echo $path\nend\n");
        foreach (var entry in tree)
        {
            foreach (var word in entry.Words)
            {
                var form = !word.IsOption ? $"-a {word.Text}" : word.Text.StartsWith("--", StringComparison.Ordinal) ? $"-l {word.Text[2..]}" : $"-s {word.Text[1..]}";
                script.Append($"complete -c policy -n 'test (__policy_path) = \"{entry.Path}\"' {form} -d {Quote(word.Description)}\n");
            }
        }
        return script.ToString();
    }

    public static string PowerShell(IReadOnlyList<CompletionEntry> tree)
    {
        var script = new StringBuilder("# PowerShell completion for policy: policy completion pwsh | Out-String | Invoke-Expression\n");
        script.Append("Register-ArgumentCompleter -Native -CommandName policy -ScriptBlock {\n  param($word, $ast, $position)\n  $tree = @{\n");
        foreach (var entry in tree)
        {
            var words = entry.Words.Select(w => $"@({Single(w.Text)}, {Single(w.Description.Length == 0 ? w.Text : w.Description)})");
            script.Append($"    {Single(entry.Path)} = @({string.Join(", ", words)})\n");
        }
        script.Append("  }\n  $path = ''\n  foreach ($element in $ast.CommandElements | Select-Object -Skip 1) {\n");
        script.Append("    $longer = \"$path $element\".Trim()\n    if ($tree.ContainsKey($longer)) { $path = $longer }\n  }\n");
        script.Append("  $tree[$path] | Where-Object { $_[0] -like \"$word*\" } | ForEach-Object {\n");
        return script.Append("    [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])\n  }\n}\n").ToString();
    }

    private static string Patterns(IReadOnlyList<CompletionEntry> tree) =>
        string.Join('|', tree.Where(e => e.Path.Length > 0).Select(e => Quote(e.Path)));

    private static string Words(CompletionEntry entry) => string.Join(' ', entry.Words.Select(w => w.Text));

    private static string Quote(string text) => "'" + text.Replace("'", "'\\''") + "'";

    private static string Single(string text) => "'" + text.Replace("'", "''") + "'";
}
