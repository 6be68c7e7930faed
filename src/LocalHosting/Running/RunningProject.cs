using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Steady.LocalHosting.Processes;

namespace Steady.LocalHosting.Running;

/// <summary>One project as a process: its built assembly, its environment, its health.</summary>
internal sealed class RunningProject(
    ProjectResource project,
    IConfiguration configuration,
    IHostEnvironment host,
    Action<string> log
) : IRuns
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(3) };

    private OwnedProcess? process;

    public async Task Start(CancellationToken stop)
    {
        var environment = new Dictionary<string, string>();
        foreach (var (name, value) in await ProjectEnvironment.Of(project, configuration, host, stop))
        {
            environment[name] = value;
        }

        process = OwnedProcess.Start(
            new Launch("dotnet", BuiltAssembly.Of(project.ProjectPath))
            {
                Directory = Path.GetDirectoryName(project.ProjectPath)!,
                Environment = environment,
                OnLine = log,
                Grace = Grace,
            }
        );
        foreach (var check in project.Annotations.OfType<HttpHealthCheckAnnotation>())
        {
            await Healthy(process, check, stop);
        }

        _ = Mourn(process);
    }

    public Task Stop() => process?.Stop() ?? Task.CompletedTask;

    private async Task Healthy(OwnedProcess running, HttpHealthCheckAnnotation check, CancellationToken stop)
    {
        var address = new Uri(new Uri(new EndpointReference(project, check.Endpoint).Url), check.Path);
        while (!await Answers(address, check.StatusCode, stop))
        {
            if (running.Exit.IsCompleted)
            {
                throw new DistributedApplicationException(
                    $"it ended with code {await running.Exit} before it was healthy"
                );
            }

            await Task.Delay(Pause, TimeProvider.System, stop);
        }
    }

    private static async Task<bool> Answers(Uri address, int status, CancellationToken stop)
    {
        try
        {
            using var answer = await Http.GetAsync(address, stop);
            return (int)answer.StatusCode == status;
        }
        catch (Exception notYet)
            when (notYet is HttpRequestException
                || (notYet is OperationCanceledException && !stop.IsCancellationRequested)
            )
        {
            return false;
        }
    }

    // Nothing is restarted here, as under Aspire: a service that dies is a finding, not a nuisance.
    private async Task Mourn(OwnedProcess running) => log($"ended with code {await running.Exit}");
}
