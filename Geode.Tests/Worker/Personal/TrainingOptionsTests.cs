using Geode.Api.Personal;
using Geode.Topology;
using Geode.Worker.Personal;
using Microsoft.Extensions.Configuration;

namespace Geode.Tests.Worker.Personal;

public sealed class TrainingOptionsTests
{
    [Fact]
    public void Unset_they_are_the_documented_ones()
    {
        Assert.Equal(new TrainingOptions(TimeSpan.FromMinutes(1), 100, 5, 50, 100_000, TimeSpan.FromDays(7)), TrainingOptions.From(Settings()));
        Assert.Equal(TimeSpan.FromDays(7), PersonalOptions.From(Settings()).MaxAge);
    }

    [Theory]
    [InlineData("EverySeconds", "0", "Geode__Personal__EverySeconds: '0' is not a number from 0.1 and up to 86400.")]
    [InlineData("EverySeconds", "soon", "Geode__Personal__EverySeconds: 'soon' is not a number from 0.1 and up to 86400.")]
    [InlineData("FewestDeeds", "9", "Geode__Personal__FewestDeeds: '9' is not a whole number from 10 and up to 1000000.")]
    [InlineData("FewestVisitors", "2.5", "Geode__Personal__FewestVisitors: '2.5' is not a whole number from 2 and up to 1000000.")]
    [InlineData("NewDeeds", "-1", "Geode__Personal__NewDeeds: '-1' is not a whole number from 1 and up to 1000000.")]
    [InlineData("MostDeeds", "1e9", "Geode__Personal__MostDeeds: '1e9' is not a whole number from 10 and up to 1000000.")]
    [InlineData("MaxAgeDays", "NaN", "Geode__Personal__MaxAgeDays: 'NaN' is not a number above 0 and up to 365.")]
    public void What_cannot_be_is_refused_and_what_is_allowed_is_said(string name, string value, string message) =>
        Assert.Equal(message, Assert.Throws<PlanetException>(() => TrainingOptions.From(Settings((name, value)))).Message);

    [Theory]
    [InlineData("0")]
    [InlineData("366")]
    [InlineData("week")]
    [InlineData("NaN")]
    public void An_age_that_cannot_be_is_refused_by_the_Api_too(string days) => Assert.Equal(
        $"Geode__Personal__MaxAgeDays: '{days}' is not a number of days above 0 and up to 365.",
        Assert.Throws<PlanetException>(() => PersonalOptions.From(Settings(("MaxAgeDays", days)))).Message);

    private static IConfiguration Settings(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(of => KeyValuePair.Create($"Geode:Personal:{of.Name}", (string?)of.Value))).Build();
}
