namespace Steady.Incidents.Paging;

/// <summary>How many times too fast a service burns its budget, as long as the alert is open.</summary>
public sealed record OpenBurn(Guid Id, string Service, decimal Factor, bool IsOpen)
{
    /// <summary>The worst that was heard of an alert, and that it is over once it is. Pure.</summary>
    public static OpenBurn Heard(OpenBurn? known, OpenBurn now) =>
        known is null
            ? now
            : known with
            {
                Factor = Math.Max(known.Factor, now.Factor),
                IsOpen = known.IsOpen && now.IsOpen,
            };
}
