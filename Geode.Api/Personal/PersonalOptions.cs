using System.Globalization;
using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Api.Personal;

/// <summary>Settings of the personal order.</summary>
/// <param name="MaxAge">An older model is not used: what is asked about has changed since. 7 days unless <c>Geode__Personal__MaxAgeDays</c> says otherwise.</param>
internal sealed record PersonalOptions(TimeSpan MaxAge)
{
    private const double DefaultDays = 7;
    private const double MostDays = 365;

    /// <exception cref="PlanetException">A setting cannot be; it says which are allowed.</exception>
    public static PersonalOptions From(IConfiguration configuration)
    {
        var value = configuration["Geode:Personal:MaxAgeDays"];
        if (string.IsNullOrWhiteSpace(value))
            return new(TimeSpan.FromDays(DefaultDays));
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MostDays
            ? new(TimeSpan.FromDays(days))
            : throw new PlanetException($"Geode__Personal__MaxAgeDays: '{value}' is not a number of days above 0 and up to {MostDays:F0}.");
    }
}
