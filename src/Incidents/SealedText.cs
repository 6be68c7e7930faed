namespace Steady.Incidents;

/// <summary>
/// What somebody wrote, as it is stored: readable only while two keys exist that are kept elsewhere, the entry's own and
/// its author's. To destroy either is to redact it, and changes nothing that is stored here.
/// </summary>
/// <param name="Key">Names the entry's own key.</param>
/// <param name="Person">Names the author's key.</param>
/// <param name="Data">Nonce, text and tag of AES-256-GCM, in Base64.</param>
public sealed record SealedText(Guid Key, string Person, string Data);
