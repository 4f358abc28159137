using System.Globalization;
using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Worker.Personal;

/// <summary>When tastes are trained, and on how much; <c>Geode__Personal__…</c>.</summary>
/// <param name="Every">How often the trainer looks whether there is enough that is new: <c>EverySeconds</c>, 60 unless set.</param>
/// <param name="FewestDeeds">With fewer nothing is trained: 100.</param>
/// <param name="FewestVisitors">As well: 5.</param>
/// <param name="NewDeeds">So many that the last training did not know are reason for another: 50.</param>
/// <param name="MostDeeds">The newest so many are learned from: 100,000.</param>
/// <param name="MaxAge">A model that is half as old is trained anew also when nothing has happened, since an older one is not used: <c>MaxAgeDays</c>, 7.</param>
internal sealed record TrainingOptions(TimeSpan Every, int FewestDeeds, int FewestVisitors, int NewDeeds, int MostDeeds, TimeSpan MaxAge)
{
    /// <exception cref="PlanetException">A setting cannot be; it says which are allowed.</exception>
    public static TrainingOptions From(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Geode:Personal");
        return new(
            TimeSpan.FromSeconds(Number(settings, nameof(Every) + "Seconds", 60, 0.1, 86_400)),
            (int)Number(settings, nameof(FewestDeeds), 100, 10, 1_000_000),
            (int)Number(settings, nameof(FewestVisitors), 5, 2, 1_000_000),
            (int)Number(settings, nameof(NewDeeds), 50, 1, 1_000_000),
            (int)Number(settings, nameof(MostDeeds), 100_000, 10, 1_000_000),
            TimeSpan.FromDays(Number(settings, nameof(MaxAge) + "Days", 7, double.Epsilon, 365)));
    }

    private static double Number(IConfiguration settings, string name, double otherwise, double least, double most)
    {
        var value = settings[name];
        if (string.IsNullOrWhiteSpace(value))
            return otherwise;
        var whole = least >= 1;
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most && (!whole || number % 1 == 0)
            ? number
            : throw new PlanetException(string.Create(
                CultureInfo.InvariantCulture,
                $"Geode__Personal__{name}: '{value}' is not a {(whole ? "whole " : "")}number {(least < 0.1 ? "above 0" : $"from {least}")} and up to {most}."));
    }
}
