using System.Text.Json;
using Geode.Foresight.Guardrails;

namespace Geode.Control.Api;

/// <summary>A fence or number that no plan can have reached by now would make every plan to come look old, for as long as the planet runs.</summary>
internal static class PossibleStamp
{
    /// <exception cref="ControlException">400: there can be no such plan yet.</exception>
    public static void Require(long fence, long number, DateTimeOffset now)
    {
        // Plans count from 1; people who try it out may count from 0.
        if (!PlanGuard.IsPossible(new(Math.Max(1, fence), 1), now))
            throw ControlException.Invalid("fence", $"{fence} is more than any lease can have reached by now.");
        if (!PlanGuard.IsPossible(new(1, Math.Max(1, number)), now))
            throw ControlException.Invalid("number", $"{number} is more plans than there can have been by now.");
    }

    /// <summary>The same of a body that is passed on as it is; whatever else is wrong with it, whom it is passed to says.</summary>
    /// <exception cref="ControlException">As above.</exception>
    public static void Require(JsonElement body, DateTimeOffset now) => Require(Long(body, "fence"), Long(body, "number"), now);

    private static long Long(JsonElement body, string name) =>
        body.ValueKind is JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : 0;
}
