using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;

namespace Steady.Tests.Integration.Incidents;

/// <summary>What a webhook was sent.</summary>
internal sealed record Received(string Path, string Body, string? Id, string? At, string? Signature);

/// <summary>A receiver of webhooks that answers what the test wants.</summary>
internal sealed class WebhookReceiver : IDisposable
{
    private readonly HttpListener listener = new();

    public WebhookReceiver(Uri? address = null)
    {
        Address = address ?? new Uri($"http://127.0.0.1:{Ports.Free()}/");
        listener.Prefixes.Add(Address.ToString());
        listener.Start();
        _ = Listen();
    }

    public Uri Address { get; }

    public ConcurrentQueue<Received> All { get; } = [];

    /// <summary>Path → status; 200 when nothing is said.</summary>
    public ConcurrentDictionary<string, int> Answers { get; } = [];

    /// <summary>What happens before it answers.</summary>
    public Func<Received, Task> Before { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<Received> At(string path) => [.. All.Where(one => one.Path == path)];

    public void Dispose() => listener.Close();

    private async Task Listen()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var (path, headers) = (context.Request.Url!.AbsolutePath, context.Request.Headers);
            var received = new Received(
                path,
                await reader.ReadToEndAsync(),
                headers["webhook-id"],
                headers["webhook-timestamp"],
                headers["webhook-signature"]
            );
            All.Enqueue(received);
            await Before(received);
            context.Response.StatusCode = Answers.GetValueOrDefault(path, 200);
            if (context.Response.StatusCode == 302)
                context.Response.RedirectLocation = new Uri(Address, "/elsewhere").ToString();
            context.Response.Close();
        }
    }
}

/// <summary>A real mail server (aiosmtpd) that keeps what it is sent as files.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly OwnedProcess process;
    private readonly string directory;

    private MailServer(OwnedProcess process, string directory, int port) =>
        (this.process, this.directory, Port) = (process, directory, port);

    public int Port { get; }

    public static async Task<MailServer> Start(int? at = null)
    {
        var program = Tool.Find("aiosmtpd");
        if (program is null)
            Servers.Absent("aiosmtpd is not installed. Debian: apt-get install python3-aiosmtpd.");
        var (directory, port) = (Directory.CreateTempSubdirectory("steady-mail").FullName, at ?? Ports.Free());
        var process = OwnedProcess.Start(
            new Launch(
                program!,
                "-n",
                "-l",
                $"127.0.0.1:{port}",
                "-c",
                "aiosmtpd.handlers.Mailbox",
                Path.Combine(directory, "mail")
            )
            {
                LogFile = "/dev/null",
                Directory = directory,
            }
        );
        await Eventually.Holds(() => !Ports.IsFree(port), "The mail server listens");
        return new MailServer(process, directory, port);
    }

    /// <summary>As a mail program shows it: lines that were folded or broken are one again.</summary>
    public static string Plain(string raw) =>
        raw.ReplaceLineEndings("\n")
            .Replace("=\n", "", StringComparison.Ordinal)
            .Replace("\n ", " ", StringComparison.Ordinal)
            .Replace("\n\t", " ", StringComparison.Ordinal);

    /// <summary>What came, as it came, the oldest first.</summary>
    public IReadOnlyList<string> Mails()
    {
        var box = Path.Combine(directory, "mail", "new");
        return Directory.Exists(box)
            ? [.. Directory.GetFiles(box).OrderBy(File.GetLastWriteTimeUtc).Select(File.ReadAllText)]
            : [];
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
