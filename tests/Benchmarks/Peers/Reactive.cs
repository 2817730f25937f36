using System.Reactive.Linq;
using System.Reactive.Subjects;

namespace PolicyEngine.Benchmarks.Peers;

/// <summary>System.Reactive: a subscription a rule. It knows no windows in event time, so the state of an account goes through Scan.</summary>
internal sealed class Reactive : Peer
{
    public override string Name => "System.Reactive 7.0.0";

    public override string Way => "objects to counts";

    public override long[] Run(Exchange[] events)
    {
        var counts = new long[ThirteenRules.Count];
        using var subject = new Subject<Exchange>();
        var subscriptions = new List<IDisposable>();
        for (var i = 0; i < ThirteenRules.Stateless.Length; i++)
        {
            var rule = i;
            subscriptions.Add(subject.Where(ThirteenRules.Stateless[rule]).Subscribe(_ => counts[rule]++));
        }
        var windows = subject.GroupBy(e => e.Account).SelectMany(g => g.Scan(new AccountWindow(), (window, e) => window.Add(e))).Publish();
        for (var i = 0; i < ThirteenRules.Windowed.Length; i++)
        {
            var rule = ThirteenRules.Stateless.Length + i;
            subscriptions.Add(windows.Where(ThirteenRules.Windowed[i]).Subscribe(_ => counts[rule]++));
        }
        subscriptions.Add(windows.Connect());
        foreach (var e in events) subject.OnNext(e);
        foreach (var subscription in subscriptions) subscription.Dispose();
        return counts;
    }
}
