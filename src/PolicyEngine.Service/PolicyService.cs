using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using PolicyEngine.Runtime.Plans;
using PolicyEngine.Service.Api;
using PolicyEngine.Service.Engines;
using PolicyEngine.Service.Ingest;
using PolicyEngine.Service.Packs;

namespace PolicyEngine.Service;

/// <summary>The engine behind HTTP: events in, decisions out, packs reloaded while it runs.</summary>
public static class PolicyService
{
    /// <summary>Builds the service; starting it opens the port.</summary>
    /// <param name="plan">The plan of the packs that the settings name.</param>
    /// <param name="configure">Settings that go before those of the environment (`POLICY_…`) and of `appsettings.json`.</param>
    /// <param name="urls">Where to listen, separated by `;`.</param>
    /// <exception cref="Storage.StorageException">The ledger cannot be opened.</exception>
    public static WebApplication Build(
        Plan plan, Action<ServiceSettings> configure, string urls, TimeProvider? time = null, LogLevel logLevel = LogLevel.Information)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "policy" });
        builder.WebHost.UseUrls(urls);
        builder.Configuration.AddEnvironmentVariables("POLICY_");
        AddLogging(builder, logLevel);
        AddServices(builder.Services, plan, configure, time ?? TimeProvider.System);
        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        Map(app);
        return app;
    }

    /// <summary>Structured lines on standard error: standard output belongs to data.</summary>
    private static void AddLogging(WebApplicationBuilder builder, LogLevel level)
    {
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(level);
        builder.Logging.AddFilter("Microsoft.AspNetCore", level > LogLevel.Warning ? level : LogLevel.Warning);
        builder.Logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.JsonWriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void AddServices(IServiceCollection services, Plan plan, Action<ServiceSettings> configure, TimeProvider time)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context => Problems.AddCode(context.ProblemDetails));
        services.TryAddSingleton(time);
        services.AddSingleton(new InitialPlan(plan));
        services.AddSingleton(new ServiceClock(time));
        services.AddOptions<ServiceSettings>().BindConfiguration("").Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<KestrelServerOptions>()
            .Configure<IOptions<ServiceSettings>>((server, settings) => server.Limits.MaxRequestBodySize = settings.Value.BodyBytes);
        services.AddSingleton<DecisionStore>();
        services.AddSingleton<EngineThread>();
        services.AddHostedService(provider => provider.GetRequiredService<EngineThread>());
        services.AddSingleton<ReloadStatus>();
        services.AddSingleton<PackReloader>();
        services.AddHostedService<PackWatcher>();
        services.AddSingleton<EventEndpoint>();
        services.AddSingleton<EvaluateEndpoint>();
    }

    private static void Map(WebApplication app)
    {
        app.MapPost("/v1/events", (HttpContext context, EventEndpoint endpoint) => endpoint.Post(context));
        app.MapPost("/v1/evaluate", (HttpContext context, EvaluateEndpoint endpoint) => endpoint.Post(context));
        app.MapGet("/v1/status", StatusEndpoint.Get);
        DecisionEndpoints.Map(app);
        HealthEndpoints.Map(app);
    }
}
