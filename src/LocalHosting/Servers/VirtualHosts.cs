using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Steady.LocalHosting.Servers;

/// <summary>Virtual hosts by way of RabbitMQ's management API.</summary>
public static class VirtualHosts
{
    public static async Task Ensure(Uri management, string user, string password, string name, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = management };
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        var escaped = Uri.EscapeDataString(name);
        using var made = await http.PutAsync($"api/vhosts/{escaped}", JsonContent.Create(new { }), stop);
        made.EnsureSuccessStatusCode();
        var all = new
        {
            configure = ".*",
            write = ".*",
            read = ".*",
        };
        using var allowed = await http.PutAsJsonAsync(
            $"api/permissions/{escaped}/{Uri.EscapeDataString(user)}",
            all,
            stop
        );
        allowed.EnsureSuccessStatusCode();
    }

    internal static async Task<bool> Answers(Uri management, CancellationToken stop)
    {
        try
        {
            using var http = new HttpClient();
            using var page = await http.GetAsync(management, stop);
            return page.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
