using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Steady.Contracts;

namespace Steady.ServiceDefaults;

public static class Extensions
{
    // Named here as strings so that this project needs no package of theirs.
    private static readonly string[] Sources = ["MassTransit", "Marten", "Npgsql", "Steady.*"];

    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        if (Describing.IsOn)
            Describing.Apply(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        builder.Services.ConfigureHttpJsonOptions(options => Json.Apply(options.SerializerOptions));
        builder.Services.AddHealthChecks().Services.AddSingleton<IHealthCheckPublisher, HealthMeter>();
        builder.Services.Configure<HealthCheckPublisherOptions>(asking => asking.Period = TimeSpan.FromSeconds(15));
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = Failures.Explain);
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = 512 * 1024);
        builder.AddTelemetry();
        builder.AddTokens();
        return builder;
    }

    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = Failures.StatusOf });
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        // Degraded still serves: an outbox that waits for its broker must not take the service out of rotation.
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteHealth }).AllowAnonymous();
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        return app;
    }

    private static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        // Whole SQL statements, also of expected duplicates.
        builder.Logging.AddFilter("Marten.IDocumentStore", LogLevel.Critical);
        builder.Logging.AddFilter("Marten.Events.Daemon", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        var telemetry = builder
            .Services.AddOpenTelemetry()
            .WithMetrics(metrics =>
                metrics
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddMeter(Sources)
            )
            .WithTracing(tracing =>
                tracing
                    .AddAspNetCoreInstrumentation(options => options.Filter = IsWorthATrace)
                    .AddHttpClientInstrumentation()
                    .AddSource(Sources)
            );
        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            telemetry.UseOtlpExporter();
    }

    private static bool IsWorthATrace(HttpContext http) =>
        !http.Request.Path.StartsWithSegments("/health")
        && !http.Request.Path.StartsWithSegments("/alive")
        // The address of a calendar is its secret.
        && http.Request.Path.Value?.Contains("/v1/calendars/", StringComparison.OrdinalIgnoreCase) is not true;

    private static Task WriteHealth(HttpContext http, HealthReport report) =>
        http.Response.WriteAsJsonAsync(
            new
            {
                status = report.Status.ToString(),
                checks = report.Entries.ToDictionary(e => e.Key, e => $"{e.Value.Status} {e.Value.Description}".Trim()),
            }
        );
}
