using Steady.Kernel;

namespace Steady.Incidents;

/// <summary>Answers to what cannot be done as it was asked.</summary>
public static class Refusals
{
    /// <summary>400, for a value of a parameter that is not understood.</summary>
    public static IResult Unknown(string parameter, string value, string accepted) =>
        Answers.Problem(400, "malformed", $"'{parameter}={value}' is not understood. Give {accepted}.");

    /// <summary>400, for what is no cursor of ours.</summary>
    public static IResult UnknownPlace(string? after) => Unknown("after", after ?? "", "the 'next' of the page before");

    /// <summary>400, with what is wrong by field. Not empty.</summary>
    public static IResult Malformed(string detail, IEnumerable<(string Field, string Message)> wrong) =>
        Answers.Problem(
            400,
            "malformed",
            detail,
            new Dictionary<string, object?>
            {
                ["errors"] = wrong
                    .ToLookup(one => one.Field, one => one.Message)
                    .ToDictionary(one => one.Key, one => one.ToArray()),
            }
        );
}
