using PolicyEngine.DryRun.Packs;
using PolicyEngine.Language.Diagnostics;

namespace PolicyEngine.DryRun.Tests;

public sealed class PackLoaderTests : IDisposable
{
    private readonly Workspace _files = new();

    [Fact]
    public void A_used_pack_is_found_beside_the_given_folder_with_its_own_lists()
    {
        _files.Write("base.policy", "pack base\nentity account\nevent login { account: account }\nlist known: text from \"lists/known.txt\"\n");
        _files.Write("lists/known.txt", "one\ntwo\n");
        _files.Write("unrelated.policy", "pack unrelated\nthis is no policy\n");
        _files.Write("mine/a.policy", "pack mine\nuse base\nuse other\nrule r\n  on each login\n  then observe\n");
        _files.Write("other/x/o.policy", "pack other\nlet five = 5\n");
        var packs = PackLoader.Load([Path.Combine(_files.Root, "mine")]);
        Assert.DoesNotContain(packs.Result.Diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal(["base", "mine", "other"], packs.Result.Model!.Packs.Select(p => p.Name));
        Assert.Equal(2, packs.Result.Model.Lists.Single().Entries.Count);
    }

    [Fact]
    public void A_single_file_finds_what_it_uses_in_its_own_folder()
    {
        _files.Write("base.policy", "pack base\nentity account\nevent login { account: account }\n");
        var mine = _files.Write("mine.policy", "pack mine\nuse base\nrule r\n  on each login\n  then observe\n");
        Assert.Equal(2, PackLoader.Load([mine]).Result.Model!.Packs.Count);
    }

    [Fact]
    public void Files_come_in_ordinal_order_and_folders_of_tools_are_left_out()
    {
        foreach (var name in new[] { "b.policy", "B.policy", "a/z.policy", ".hidden/x.policy", "notes.txt" }) _files.Write(name, "pack p\n");
        var names = PackLoader.Load([_files.Root]).Files.Select(f => Path.GetRelativePath(_files.Root, f.Path));
        Assert.Equal(["B.policy", "a/z.policy", "b.policy"], names);
    }

    [Fact]
    public void A_list_outside_the_house_is_not_read()
    {
        _files.Write("deep/pack/p.policy", "pack p\nlist far: text from \"../../secret.txt\"\n");
        _files.Write("secret.txt", "s\n");
        var result = PackLoader.Load([Path.Combine(_files.Root, "deep", "pack")]).Result;
        Assert.True(result.Model is null || result.Model.Lists.Single().Entries.Count == 0);
    }

    [Fact]
    public void A_folder_without_policies_and_a_path_to_nowhere_are_said()
    {
        Assert.Contains("no policy file", Assert.Throws<InputException>(() => PackLoader.Load([_files.Root])).Message, StringComparison.Ordinal);
        Assert.Contains("no file or folder", Assert.Throws<InputException>(() => PackLoader.Load([_files.Root + "/x"])).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _files.Dispose();
}
