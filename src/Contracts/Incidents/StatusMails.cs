using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Incidents;

/// <summary>Asks for mails about what the status page tells.</summary>
/// <param name="Email">To whom. One e-mail address.</param>
/// <param name="Components">Names of components that stand on the page; all when empty or absent.</param>
public sealed record SubscribeToStatus(
    [property: Required, StringLength(254, MinimumLength = 3)] string Email,
    [property: Length(0, 200)] IReadOnlyList<string>? Components = null
);

/// <summary>What happens next.</summary>
/// <param name="Message">For people. The same whether the address is known or not.</param>
public sealed record StatusSubscriptionAnswer(string Message);

/// <summary>How many get mails about the status page. Addresses are not shown to anybody.</summary>
/// <param name="Subscribers">Who confirmed.</param>
/// <param name="Unconfirmed">Who has not opened the link yet.</param>
/// <param name="Waiting">Mails that wait to be sent.</param>
public sealed record StatusSubscriptions(int Subscribers, int Unconfirmed, int Waiting);

/// <summary>Forgets an address: who asks to be forgotten and cannot do it with the link of a mail.</summary>
/// <param name="Email">The address.</param>
public sealed record ForgetStatusSubscriber([property: Required, StringLength(254, MinimumLength = 3)] string Email);
