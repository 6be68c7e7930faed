using System.Runtime.InteropServices;

namespace Steady.Launcher;

/// <summary>Ctrl-C, SIGTERM or a closed terminal, as a token: what was started is then stopped in order.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly List<PosixSignalRegistration> signals;

    public Interruption() =>
        signals = [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal =>
                PosixSignalRegistration.Create(signal, End)
            ),
        ];

    public CancellationToken Token => ending.Token;

    public void Dispose()
    {
        signals.ForEach(signal => signal.Dispose());
        ending.Dispose();
    }

    private void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        ending.Cancel();
    }
}
