namespace Steady.LocalHosting.Running;

/// <summary>Something that is started and stopped. Start answers when it is healthy.</summary>
internal interface IRuns
{
    Task Start(CancellationToken stop);
    Task Stop();
}
