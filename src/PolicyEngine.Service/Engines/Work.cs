namespace PolicyEngine.Service.Engines;

/// <summary>Something for the engine's thread to do between two events.</summary>
internal abstract class Work
{
    public abstract void Do(EngineRoom room);

    /// <summary>The engine has stopped before it came to this.</summary>
    public abstract void Abandon(Exception reason);
}

/// <summary>Work that somebody waits for.</summary>
internal sealed class Work<T>(Func<EngineRoom, T> work) : Work
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Done => _done.Task;

    public override void Do(EngineRoom room)
    {
        try
        {
            _done.SetResult(work(room));
        }
        catch (Exception error)
        {
            _done.SetException(error);
            throw;
        }
    }

    public override void Abandon(Exception reason) => _done.TrySetException(reason);
}

/// <summary>The engine takes no more work; the message says why.</summary>
internal sealed class EngineStoppedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>More work is waiting than the engine can take now.</summary>
internal sealed class EngineBusyException() : Exception("more work is waiting than the engine can take now");
