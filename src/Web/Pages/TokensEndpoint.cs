using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Steady.Client;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Contracts.Tokens;
using Steady.Web.Components;
using Steady.Web.SignIn;

namespace Steady.Web.Pages;

/// <param name="MayMake">Tokens are made by administrators.</param>
/// <param name="Keys">Keys with which others send, which can be listed because they are kept.</param>
/// <param name="Created">The token that was just made: shown this once.</param>
/// <param name="Wish">What was asked for; null before somebody has.</param>
/// <param name="Refusal">Why there is none.</param>
/// <param name="MayKey">Keys are made and revoked by whoever may write incidents.</param>
/// <param name="Key">The key that was just made: shown this once.</param>
/// <param name="KeyWish">The form of a key as somebody filled it in.</param>
public sealed record TokensModel(
    bool MayMake,
    Answer<Page<IntegrationKeyView>> Keys,
    DateTimeOffset Now,
    TokenCreated? Created = null,
    CreateToken? Wish = null,
    string? Refusal = null,
    bool MayKey = false,
    NewIntegrationKey? Key = null,
    Filled? KeyWish = null
);

/// <summary>
/// Tokens are signed and kept nowhere, so none can be listed; this page makes them and shows each once. Keys of integrations are kept as
/// hashes: they are made, listed and revoked here.
/// </summary>
public static class TokensEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/tokens", Page);
        pages.MapPost("/tokens", Create);
        pages.MapPost("/tokens/keys", CreateKey);
        pages.MapPost("/tokens/keys/revoke", RevokeKey);
        pages.MapGet("/tokens/{**what}", () => TypedResults.LocalRedirect("/tokens"));
    }

    private static async Task<IResult> Page(Apis apis, TimeProvider clock, CancellationToken stop) =>
        Html.Of<TokensPage>(await Read(apis, clock, stop));

    private static async Task<IResult> Create(
        IFormCollection fields,
        Apis apis,
        Issuer issuer,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var model = await Read(apis, clock, stop);
        if (!model.MayMake)
            return Html.Of<TokensPage>(
                model with
                {
                    Refusal = "Making tokens needs the scope admin.",
                },
                StatusCodes.Status403Forbidden
            );
        var form = FilledEndpoint.Of("create", fields);
        var wish = new CreateToken(
            form.Text("name"),
            [.. fields["scope"].OfType<string>()],
            int.TryParse(form.Text("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days)
                ? days
                : null,
            null,
            form.Given("integration")
        );
        if ((Problem(wish) ?? IssuerEndpoints.Problem(wish, model.Now)?.Detail) is { } refusal)
            return Html.Of<TokensPage>(model with { Wish = wish, Refusal = refusal }, StatusCodes.Status400BadRequest);
        return Html.Of<TokensPage>(model with { Created = IssuerEndpoints.Make(wish, issuer, model.Now) });
    }

    private static async Task<IResult> CreateKey(
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var form = FilledEndpoint.Of("key", fields);
        if (form.One<IntegrationKind>("kind") is not { } kind)
            return await Refused("Choose what it opens.", StatusCodes.Status400BadRequest);
        try
        {
            // A secret stands in the form for every kind; only Slack's is given.
            var secret = kind == IntegrationKind.Slack ? form.Given("secret") : null;
            var key = await apis.Integrations.CreateKey(
                form.Text("integration"),
                new CreateIntegrationKey(kind, secret),
                stop
            );
            return Html.Of<TokensPage>(await Read(apis, clock, stop) with { Key = key });
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            return await Refused(Refusals.Sentence(problem), problem.Status);
        }

        async Task<IResult> Refused(string why, int status) =>
            Html.Of<TokensPage>(await Read(apis, clock, stop) with { KeyWish = form, Refusal = why }, status);
    }

    private static async Task<IResult> RevokeKey(
        [FromForm] string integration,
        [FromForm] Guid id,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        try
        {
            await apis.Integrations.RevokeKey(integration, id, stop);
            return TypedResults.LocalRedirect("/tokens");
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            var model = await Read(apis, clock, stop);
            return Html.Of<TokensPage>(model with { Refusal = Refusals.Sentence(problem) }, problem.Status);
        }
    }

    private static string? Problem(CreateToken wish)
    {
        if (wish.Scopes.Count == 0)
            return "Choose what it may do.";
        var wrong = new List<ValidationResult>();
        return Validator.TryValidateObject(wish, new ValidationContext(wish), wrong, validateAllProperties: true)
            ? null
            : string.Join(" ", wrong.Select(one => one.ErrorMessage));
    }

    private static async Task<TokensModel> Read(Apis apis, TimeProvider clock, CancellationToken stop) =>
        new(
            apis.May("admin"),
            await Answer.Of(apis.Integrations.Keys(null, stop)),
            clock.GetUtcNow(),
            MayKey: apis.May("incidents:write")
        );
}
