using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using PolicyEngine.Compiler;
using PolicyEngine.DryRun.Packs;

namespace PolicyEngine.Service.Tests;

/// <summary>The service on a free port of this machine, with a pack folder and a data folder of its own.</summary>
public sealed class RunningService : IAsyncDisposable
{
    public const string Pack = """
        pack payments
          owner "tests"
          stage enforce
        entity account
        event login { account: account  result: text }
        responses {
          suspend account for duration?
          also review account in text
        }
        measure failures_1h = count of login where result = "no" per account over 1h
        rule failing "Fails a lot"
          on login per account
          when failures_1h >= 3
          then review account in "logins"
          because "{failures_1h} failures"

        """;

    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;

    private RunningService(DirectoryInfo folder, WebApplication app)
    {
        _folder = folder;
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public string PackFile => InPack("payments.policy");

    /// <summary>A file that lies in the pack folder.</summary>
    public string InPack(string name) => Path.Combine(_folder.FullName, "pack", name);

    public static Task<RunningService> Start(Action<ServiceSettings>? more = null) => Start("payments.policy", Pack, more);

    public static async Task<RunningService> Start(string file, string text, Action<ServiceSettings>? more = null)
    {
        var folder = Directory.CreateTempSubdirectory("policy-service-");
        var pack = folder.CreateSubdirectory("pack").FullName;
        await File.WriteAllTextAsync(Path.Combine(pack, file), text);
        var plan = PlanCompiler.Compile(PackLoader.Load([pack]).Result.Model!);
        var app = PolicyService.Build(plan, settings =>
        {
            settings.Packs = [pack];
            settings.DataFolder = Path.Combine(folder.FullName, "data");
            settings.PackQuiet = TimeSpan.FromMilliseconds(20);
            settings.PackPolling = TimeSpan.FromMilliseconds(100);
            more?.Invoke(settings);
        }, "http://127.0.0.1:0", logLevel: LogLevel.Critical);
        await app.StartAsync();
        return new RunningService(folder, app);
    }

    public static string Line(string id, string account, int second, string result = "no") =>
        $$"""{"id":"{{id}}","type":"login","time":"2026-01-01T{{second / 3600:00}}:{{second / 60 % 60:00}}:{{second % 60:00}}Z","account":"{{account}}","result":"{{result}}"}""" + "\n";

    public async Task<JsonElement> Post(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/x-ndjson");
        using var answer = await Http.PostAsync(new Uri(path, UriKind.Relative), content);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<JsonElement> Get(string path) => Http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    /// <summary>Asks again and again until it is so.</summary>
    public async Task<JsonElement> Until(string path, Func<JsonElement, bool> holds)
    {
        var end = DateTime.UtcNow.AddSeconds(30);
        while (true)
        {
            var answer = await Get(path);
            if (holds(answer)) return answer;
            Assert.True(DateTime.UtcNow < end, $"{path} still says {answer}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
