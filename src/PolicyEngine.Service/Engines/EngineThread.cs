using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PolicyEngine.Runtime.Plans;

namespace PolicyEngine.Service.Engines;

/// <summary>
/// The one thread that the engine runs on, and the bounded queue in front of it. After a fault that leaves the engine's state in doubt
/// nothing more is taken: callers are told so, the service is not ready, a restart begins anew.
/// </summary>
internal sealed partial class EngineThread : IHostedService, IDisposable
{
    private static readonly TimeSpan WakeEvery = TimeSpan.FromMilliseconds(250);

    private readonly ServiceSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<EngineThread> _log;
    private readonly Channel<Work> _queue;
    private readonly Thread _thread;
    private readonly EngineRoom _room;
    private ITimer? _waker;
    private Exception? _failure;
    private bool _stopping;
    private bool _disposed;

    public EngineThread(IOptions<ServiceSettings> settings, InitialPlan plan, DecisionStore store, TimeProvider time, ILogger<EngineThread> log)
    {
        _settings = settings.Value;
        _time = time;
        _log = log;
        _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(_settings.QueueLength) { SingleReader = true });
        _room = new EngineRoom(plan.Plan, _settings, time, store.Ledger);
        _thread = new Thread(Run) { IsBackground = true, Name = "engine" };
    }

    public bool IsRunning => !Volatile.Read(ref _stopping) && Failure is null && _thread.IsAlive;

    public Exception? Failure => Volatile.Read(ref _failure);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread.Start();
        _waker = _time.CreateTimer(_ => _queue.Writer.TryWrite(new Work<bool>(Wake)), null, WakeEvery, WakeEvery);
        return Task.CompletedTask;
    }

    /// <summary>Takes what is waiting, then ends.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _stopping, true);
        _waker?.Dispose();
        _queue.Writer.TryComplete();
        return Task.Run(_thread.Join, CancellationToken.None);
    }

    /// <summary>Puts work in the queue and waits until it is done.</summary>
    /// <exception cref="EngineBusyException">There was no place in the queue for as long as a caller waits.</exception>
    /// <exception cref="EngineStoppedException">The engine takes no more work.</exception>
    public async Task<T> Do<T>(Func<EngineRoom, T> work, CancellationToken stop)
    {
        var item = new Work<T>(work);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(_settings.QueueWait);
        try
        {
            await _queue.Writer.WriteAsync(item, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new EngineBusyException();
        }
        catch (ChannelClosedException)
        {
            throw new EngineStoppedException(Failure?.Message ?? "the service is shutting down", Failure);
        }
        return await item.Done.ConfigureAwait(false);
    }

    private static bool Wake(EngineRoom room)
    {
        room.Wake();
        return true;
    }

    private void Run()
    {
        try
        {
            foreach (var work in _queue.Reader.ReadAllAsync().ToBlockingEnumerable()) work.Do(_room);
        }
        catch (Exception error)
        {
            Volatile.Write(ref _failure, error);
            LogFailure(error);
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var left)) left.Abandon(new EngineStoppedException(error.Message, error));
        }
    }

    public void Dispose()
    {
        // The container knows this object by two names and may dispose it twice.
        if (Interlocked.Exchange(ref _disposed, true)) return;
        _waker?.Dispose();
        if (!_thread.IsAlive) _room.Dispose();
    }

    [LoggerMessage(LogLevel.Critical, "the engine has stopped and takes no more events")]
    private partial void LogFailure(Exception error);
}

/// <summary>The plan that the service starts with.</summary>
internal sealed record InitialPlan(Plan Plan);
