using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Components;
using Steady.Web.Components.Parts;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>A document of the settings as it is written.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name; null for a new one, and where there is only one.</param>
/// <param name="Standing">How it is set now; null for a new one.</param>
/// <param name="Text">What stands in the field.</param>
/// <param name="Reason">Why it is to be so, as it was written.</param>
/// <param name="Wrong">Why it cannot be read.</param>
/// <param name="Grouping">What grouping rules would have made of the alerts of the last day; null for other documents.</param>
/// <param name="Refusal">Why it was not taken.</param>
/// <param name="IsStale">Whether somebody else has set it since it was read.</param>
/// <param name="NewName">The name of a new one, as it was written.</param>
/// <param name="Tested">What came of a test page; null while none was sent.</param>
/// <param name="Whom">Whom an escalation policy would page; null for other documents.</param>
/// <param name="Hours">Over how many hours of alerts grouping rules are tried, 1 to 168.</param>
public sealed record SettingModel(
    SettingKind Kind,
    string? Name,
    StandingSetting? Standing,
    string Text,
    string Reason,
    string? Wrong,
    bool MayWrite,
    DateTimeOffset Now,
    Answer<AlertGroupingPreview>? Grouping = null,
    string? Refusal = null,
    bool IsStale = false,
    string NewName = "",
    PageView? Tested = null,
    Whom? Whom = null,
    int Hours = SettingModel.Day
)
{
    public const int Day = 24;
    public const int Week = 168;

    public bool IsNew => Standing is null;

    public string Path =>
        Kind.Sample is null ? $"/settings/{Kind.Path}" : $"/settings/{Kind.Path}/{Uri.EscapeDataString(Name ?? New)}";

    public string Title => Name ?? (IsNew ? $"New {Kind.Title.ToLowerInvariant()}" : Kind.Title);

    public const string New = "new";
}

/// <summary>The page on which a document of the settings is written and set, as a whole.</summary>
public static class SettingEndpoint
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/settings/{kind}/{name?}", Page);
        pages.MapPost("/settings/{kind}/{name?}", Save);
        pages.MapPost("/fragments/settings/{kind}/check", Check);
        pages.MapPost("/settings/contacts/{name}/test", Test);
        pages.MapGet("/settings/contacts/{name}/test", (string name) => TypedResults.LocalRedirect(ContactPath(name)));
    }

    private static async Task<IResult> Page(
        string kind,
        HttpRequest request,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? name = null,
        Guid? tested = null
    )
    {
        if (KindOf(kind, name) is not { } found)
            return TypedResults.NotFound();
        var standing = await Standing(apis, found, name, stop);
        var text = standing is null ? Samples.Fresh(found.Sample!) : SettingKind.Write(standing.Document);
        var page = tested is { } id ? await apis.Paging.Page(id, stop) : null;
        var model = new SettingModel(found, Named(name), standing, text, "", null, MayWrite(apis), clock.GetUtcNow());
        var whom = await WhomReader.Read(apis, found, name, request.Query, stop);
        return Html.Of<SettingPage>(await Previewed(apis, model with { Tested = page, Whom = whom }, stop));
    }

    private static async Task<IResult> Check(
        string kind,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (SettingKinds.All.FirstOrDefault(one => one.Path == kind) is not { } found)
            return TypedResults.NotFound();
        var form = FilledEndpoint.Of("check", fields);
        var (_, wrong) = found.Understand(form.Document, "check");
        var model = new SettingModel(found, null, null, form.Document, "", wrong, true, clock.GetUtcNow())
        {
            Hours = Hours(form),
        };
        return Html.Of<SettingPreview>(await Previewed(apis, model, stop));
    }

    private static async Task<IResult> Save(
        string kind,
        HttpRequest request,
        IFormCollection fields,
        Apis apis,
        TimeProvider clock,
        CancellationToken stop,
        string? name = null
    )
    {
        if (KindOf(kind, name) is not { } found)
            return TypedResults.NotFound();
        var form = FilledEndpoint.Of("save", fields);
        if (await Set(apis, found, name, form, stop) is not { } refused)
            return TypedResults.LocalRedirect(found.Back);
        var standing = await Standing(apis, found, name, stop);
        var model = new SettingModel(
            found,
            Named(name),
            standing,
            form.Document,
            form.Text("reason"),
            found.Understand(form.Document, "check").Wrong,
            MayWrite(apis),
            clock.GetUtcNow(),
            Refusal: refused.Sentence,
            IsStale: refused.Status is 409 or 412 && standing is not null,
            NewName: form.Text("name"),
            Whom: await WhomReader.Read(apis, found, name, request.Query, stop),
            Hours: Hours(form)
        );
        return Html.Of<SettingPage>(await Previewed(apis, model, stop), refused.Status);
    }

    /// <summary>Sets it, or says why not.</summary>
    private static async Task<(string Sentence, int Status)?> Set(
        Apis apis,
        SettingKind kind,
        string? name,
        Filled form,
        CancellationToken stop
    )
    {
        var (document, wrong) = kind.Understand(form.Document, form.Text("reason"));
        if (document is null)
            return (wrong!, StatusCodes.Status400BadRequest);
        var called = kind.Sample is null ? "" : Named(name) ?? form.Text("name");
        if (kind.Sample is not null && called is "" or SettingModel.New)
            return ("Give it a name of its own.", StatusCodes.Status400BadRequest);
        try
        {
            await kind.Set(apis, called, document, form.Number("version") ?? 0, stop);
            return null;
        }
        catch (ProblemException problem) when (problem.Status is not (0 or 401))
        {
            var sentence =
                problem.Status is not (409 or 412) ? Refusals.Sentence(problem)
                : name is SettingModel.New
                    ? $"There is one called {called} already. Give another name, or change that one."
                : "Somebody else has set this while you were writing. How it stands now is beside what you wrote; set yours if it still fits.";
            return (sentence, problem.Status);
        }
    }

    private static async Task<IResult> Test(string name, IFormCollection fields, Apis apis, CancellationToken stop)
    {
        var channel = FilledEndpoint.Of("test", fields).Text("channel");
        var page = await apis.Paging.Test(name, new TestChannel(channel), stop);
        return TypedResults.LocalRedirect($"{ContactPath(name)}?tested={page.Id}");
    }

    // A document of which there is one has no name, and the others have.
    private static SettingKind? KindOf(string path, string? name) =>
        SettingKinds.All.FirstOrDefault(one => one.Path == path && one.Sample is null == name is null);

    private static async Task<StandingSetting?> Standing(
        Apis apis,
        SettingKind kind,
        string? name,
        CancellationToken stop
    ) => name is SettingModel.New ? null : await kind.Read(apis, name ?? "", stop);

    private static async Task<SettingModel> Previewed(Apis apis, SettingModel model, CancellationToken stop) =>
        model.Kind.Understand(model.Text, "check").Document is SetAlertGrouping grouping
            ? model with
            {
                Grouping = await Answer.Of(
                    apis.Incidents.TryAlertGrouping(new TryAlertGrouping(grouping.Rules, model.Hours), stop)
                ),
            }
            : model;

    private static int Hours(Filled form) =>
        (int)Math.Clamp(form.Number("hours") ?? SettingModel.Day, 1, SettingModel.Week);

    private static bool MayWrite(Apis apis) => apis.May("incidents:write");

    private static string? Named(string? name) => name is SettingModel.New ? null : name;

    private static string ContactPath(string name) => $"/settings/contacts/{Uri.EscapeDataString(name)}";
}
