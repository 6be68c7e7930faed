using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Steady.LocalHosting.Running;

/// <summary>Starts each resource when what it waits for is healthy, and stops each when nothing that waits for it runs any more.</summary>
internal sealed class Orchestrator(
    IReadOnlyCollection<IResource> resources,
    IConfiguration configuration,
    IHostEnvironment host
)
{
    private readonly Dictionary<IResource, IRuns> runs = [];
    private readonly Dictionary<IResource, TaskCompletionSource> healthy = [];
    private readonly Log log = new(resources.Select(r => r.Name));

    public async Task Run(CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ending.Cancel();
        }

        foreach (var resource in resources)
        {
            healthy[resource] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Runner(resource) is { } runner)
            {
                runs[resource] = runner;
            }
        }

        var starts = resources.Select(resource => Start(resource, ending.Token)).ToList();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ending.Token)
            .ContinueWith(_ => { }, TaskScheduler.Default);
        await Task.WhenAll(starts);
        await Stop();
    }

    private IRuns? Runner(IResource resource) =>
        resource switch
        {
            ProjectResource project => new RunningProject(
                project,
                configuration,
                host,
                line => log.Line(project.Name, line)
            ),
            IRuns server => server,
            _ => null,
        };

    private async Task Start(IResource resource, CancellationToken stop)
    {
        try
        {
            await Task.WhenAll(Dependencies(resource).Select(d => healthy[d].Task)).WaitAsync(stop);
            if (runs.TryGetValue(resource, out var runner))
            {
                await runner.Start(stop);
                log.Line(resource.Name, "healthy");
            }

            healthy[resource].SetResult();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // We are asked to end; whoever waits for this resource is asked as well.
        }
        catch (Exception failure)
        {
            // What waits for it stays waiting, as under Aspire: the rest of the platform may still be looked at.
            log.Line(resource.Name, $"did not start: {failure.Message}");
        }
    }

    private async Task Stop()
    {
        var stopped = new Dictionary<IResource, Task>();
        await Task.WhenAll(resources.Select(Once));

        Task Once(IResource resource)
        {
            if (!stopped.TryGetValue(resource, out var task))
            {
                stopped[resource] = task = AfterDependents(resource);
            }

            return task;
        }

        async Task AfterDependents(IResource resource)
        {
            await Task.WhenAll(resources.Where(r => Dependencies(r).Contains(resource)).Select(Once));
            if (runs.TryGetValue(resource, out var runner))
            {
                await runner.Stop();
            }
        }
    }

    private static IEnumerable<IResource> Dependencies(IResource resource)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource);
        return resource is IResourceWithParent child ? waits.Append(child.Parent) : waits;
    }
}
