using Microsoft.Extensions.Options;
using Steady.ServiceDefaults;
using Steady.Shop;
using Steady.Shop.Counts;

// One program, two services: a small system to watch, break and repair. Shop:Role says which of the two this is.
var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.Configure<ShopSettings>(builder.Configuration.GetSection("Shop"));
builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<ShopSettings>>().Value);

builder.Services.AddSingleton<Tally>();
builder.Services.AddHttpClient(ReportWorker.Client, ReportWorker.Configure);
builder.Services.AddHostedService<ReportWorker>();

var role = builder.Configuration["Shop:Role"];
if (role == ShopSettings.Ledger)
    builder.Services.AddSingleton<Ledger>();
else if (role == ShopSettings.Checkout)
{
    // No retries and no breaker here: a failure of the ledger has to be one, or there would be nothing to watch.
    builder.Services.AddHttpClient(CheckoutEndpoint.LedgerClient, CheckoutEndpoint.Configure);
    builder.Services.AddHttpClient(LoadWorker.Client);
    builder.Services.AddHostedService<LoadWorker>();
}
else
    throw new InvalidOperationException($"Shop:Role is '{role}'. Set it to ledger or checkout.");

var app = builder.Build();
app.MapDefaultEndpoints();
if (role == ShopSettings.Ledger)
    LedgerEndpoint.Map(app);
else
    CheckoutEndpoint.Map(app);
app.Run();
