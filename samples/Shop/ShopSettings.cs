namespace Steady.Shop;

/// <summary>What can be set of the shop: section <c>Shop</c> of the configuration.</summary>
public sealed class ShopSettings
{
    public const string Ledger = "ledger";
    public const string Checkout = "checkout";

    /// <summary>ledger or checkout; also the name under which this service reports.</summary>
    public string Role { get; set; } = Checkout;

    /// <summary>Where checkout finds the ledger. Service discovery leads it to the proxied edge, so that it can be broken.</summary>
    public Uri LedgerUrl { get; set; } = new("http://ledger");

    /// <summary>How long checkout waits for the ledger before it tells the customer to come back.</summary>
    public int LedgerTimeoutMs { get; set; } = 350;

    /// <summary>Whether checkout sends itself customers.</summary>
    public bool Load { get; set; } = true;

    public int RequestsPerSecond { get; set; } = 20;

    /// <summary>Customers waiting at the same time; beyond that none is sent, as no queue in front of a shop is endless.</summary>
    public int MostInFlight { get; set; } = 40;

    /// <summary>One in so many load requests is traced, so that traces of interest are not crowded out.</summary>
    public int TraceOneIn { get; set; } = 20;
}
