using Steady.ServiceDefaults;
using Steady.Web.FrontDoor;
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
builder.Services.AddValidation();
builder.Services.AddSingleton(addresses);
builder.Services.AddFrontDoor(addresses);

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapIssuer();
app.MapFrontDoor();
app.Run();
