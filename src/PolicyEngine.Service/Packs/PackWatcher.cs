using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PolicyEngine.DryRun.Packs;
using PolicyEngine.Service.Engines;

namespace PolicyEngine.Service.Packs;

/// <summary>
/// Notices changes of the pack folders. The file system is asked to tell; because it does not always do so (mounted folders, some
/// containers) the folders are also looked at now and then. Waits until they are quiet before the packs are read.
/// </summary>
internal sealed partial class PackWatcher(
    IOptions<ServiceSettings> options, PackReloader reloader, TimeProvider time, ILogger<PackWatcher> log) : BackgroundService
{
    private readonly ServiceSettings _settings = options.Value;
    private readonly SemaphoreSlim _told = new(0);
    private IReadOnlyList<string> _folders = [];
    private string _seen = "";
    private List<FileSystemWatcher> _watchers = [];

    /// <summary>What the service was started with counts as seen: a change right after the start must not be missed.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _folders = PackLoader.Load([.. _settings.Packs]).Folders;
        _watchers = [.. _folders.Select(Watch)];
        _seen = Fingerprint();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitForNews(stoppingToken).ConfigureAwait(false);
            var now = Fingerprint();
            if (now == _seen) continue;
            _seen = await Quiet(now, stoppingToken).ConfigureAwait(false);
            await Reload(stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task Reload(CancellationToken stop)
    {
        try
        {
            await reloader.ReloadAsync(stop).ConfigureAwait(false);
        }
        catch (Exception error) when (error is EngineStoppedException or EngineBusyException)
        {
            LogNotReloaded(error.Message);
        }
    }

    private async Task WaitForNews(CancellationToken stop)
    {
        using var polling = new CancellationTokenSource(_settings.PackPolling, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, polling.Token);
        try
        {
            await _told.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nothing was told; look all the same.
        }
    }

    private async Task<string> Quiet(string fingerprint, CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(_settings.PackQuiet, time, stop).ConfigureAwait(false);
            var now = Fingerprint();
            if (now == fingerprint) return now;
            fingerprint = now;
        }
    }

    private FileSystemWatcher Watch(string folder)
    {
        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        void Tell(object sender, EventArgs change) => _told.Release();
        watcher.Changed += Tell;
        watcher.Created += Tell;
        watcher.Deleted += Tell;
        watcher.Renamed += Tell;
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    /// <summary>Names, sizes and times of all files: policies and the lists they read.</summary>
    private string Fingerprint()
    {
        var text = new StringBuilder();
        foreach (var file in _folders.Where(Directory.Exists).SelectMany(f => new DirectoryInfo(f).EnumerateFiles("*", SearchOption.AllDirectories))
            .OrderBy(f => f.FullName, StringComparer.Ordinal))
        {
            text.Append(file.FullName).Append('\0').Append(file.Exists ? file.Length : 0).Append('\0').Append(file.LastWriteTimeUtc.Ticks).Append('\n');
        }
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    public override void Dispose()
    {
        _watchers.ForEach(watcher => watcher.Dispose());
        _told.Dispose();
        base.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "packs have changed but were not loaded: {Reason}")]
    private partial void LogNotReloaded(string reason);
}
