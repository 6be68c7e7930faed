using Steady.ServiceDefaults;
using Steady.Web.FrontDoor;
using Steady.Web.Live;
using Steady.Web.Pages;
using Steady.Web.Plots;
using Steady.Web.SignIn;

if (args is ["bootstrap", var directory])
{
    Bootstrap.Write(directory, TimeProvider.System);
    return;
}

var builder = WebApplication.CreateBuilder(args);
var addresses = new Addresses(builder.Configuration);
builder.AddIssuer();
builder.AddServiceDefaults();
builder.AddSession();
builder.AddOidc();
builder.AddCompression();
builder.Services.AddValidation();
builder.Services.AddSingleton(addresses);
builder.Services.AddFrontDoor(addresses);
builder.Services.AddLive();
builder.Services.AddPages();

var app = builder.Build();
app.UseResponseCompression();
app.UsePageHeaders();
app.MapDefaultEndpoints();
app.UseAntiforgery();
app.MapOwnFiles();
app.MapIssuer();
app.MapFrontDoor();
app.MapLogin();
app.MapTheme();
app.MapOidc();
app.MapLive();
app.MapPages();
app.MapPlots();
app.Run();
