using System.Text.RegularExpressions;
using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Drawing;
using Steady.Web.FrontDoor;
using Steady.Web.Pages;
using Steady.Web.SignIn;

namespace Steady.Web.Plots;

/// <summary>What a chat shows of a link to an incident.</summary>
/// <param name="Image">Address of its picture.</param>
public sealed record LinkPreview(string Title, string Description, string Image);

/// <summary>
/// Chats look at a link without anybody's sign-in, so whoever has a link would see what they show. That is off unless
/// <c>Console:LinkPreviews</c> is true; and a private incident, as one that there is not, is never shown.
/// </summary>
public sealed partial class LinkPreviews(
    IConfiguration settings,
    IHttpClientFactory clients,
    Addresses addresses,
    Issuer issuer,
    TimeProvider clock,
    ILogger<LinkPreviews> log
)
{
    private const string Subject = "service:link-preview";

    public bool IsOn => settings.GetValue("Console:LinkPreviews", false);

    /// <summary>The incident in the name of nobody in particular, so that it is hidden from this as from everybody who is not let in.</summary>
    public Apis Apis =>
        Pages.Apis.As(Subject, ["incidents:read", "experiments:read"], clients, addresses, issuer, clock);

    /// <summary>Null where nothing is shown, whatever the reason.</summary>
    public async Task<LinkPreview?> Of(string page, HttpRequest request, CancellationToken stop)
    {
        if (!IsOn || Incident().Match(page) is not { Success: true } match)
            return null;
        try
        {
            var incident = await Apis.Incidents.Get(match.Groups["id"].Value, stop);
            return incident.Private ? null : Of(incident, request);
        }
        catch (ProblemException problem)
        {
            // Whoever came to sign in must not be stopped by this.
            if (problem.Status != StatusCodes.Status404NotFound)
                log.LogWarning("The preview of {Page} was left out: {Reason}", page, problem.Message);
            return null;
        }
    }

    private LinkPreview Of(IncidentView incident, HttpRequest request) =>
        new(
            $"{Words.Name(incident.Severity)} · INC-{incident.Number} {incident.Title}",
            Captions.Of(incident, clock.GetUtcNow()),
            $"{request.Scheme}://{request.Host}/previews/incidents/{incident.Id}.png"
        );

    [GeneratedRegex(@"^/incidents/(?<id>INC-\d+|[0-9a-fA-F-]{36})(?:[/?#].*)?$")]
    private static partial Regex Incident();
}
