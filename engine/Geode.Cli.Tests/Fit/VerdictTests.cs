using Geode.Cli.Fit;

namespace Geode.Cli.Tests.Fit;

/// <summary>The cases of the pattern's own description: six it is not for, two it is for.</summary>
public sealed class VerdictTests
{
    [Theory]
    [InlineData("patient-records", "no", "residency", "deployment stamps")]
    [InlineData("card-tables", "no", "session state", "deployment stamps")]
    [InlineData("groceries", "no", "distance", "deployment stamps")]
    [InlineData("timetables", "no", null, "availability zones")]
    [InlineData("bookings-of-1998", "no", "platform", "paired regions")]
    [InlineData("club-site", "no", null, "one region; a backup")]
    [InlineData("questions", "yes", "distance", null)]
    [InlineData("alarms", "yes", "availability", null)]
    public void A_described_system_gets_the_verdict_and_the_reason(string name, string answer, string? because, string? instead)
    {
        var verdict = Verdict.Of(Read(name));

        Assert.Equal(answer, verdict.Answer);
        if (because is not null)
            Assert.Contains(because, verdict.Summary);
        if (instead is null)
            Assert.Empty(verdict.Instead);
        else
            Assert.Contains(verdict.Instead, i => i.Contains(instead));
        Assert.Equal(6, verdict.Findings.Count);
    }

    [Fact]
    public void What_fits_a_part_only_is_said_so()
    {
        var verdict = Verdict.Of(Read("questions") with { Residency = Residency.Some });
        Assert.Equal(("partly", "Partly: for its distance, but with care about its residency."), (verdict.Answer, verdict.Summary));
        Assert.Contains("geodes for the rest", Assert.Single(verdict.Instead));
    }

    [Fact]
    public void A_store_that_takes_writes_everywhere_cannot_tell_one_of_two_writers_no()
    {
        var verdict = Verdict.Of(Read("questions") with { Consistency = Consistency.Strong });
        Assert.Equal("No, because of its consistency.", verdict.Summary);
        Assert.Contains("one write region", Assert.Single(verdict.Instead));
    }

    [Fact]
    public void The_loss_of_a_region_is_a_reason_also_where_everyone_is_near() =>
        Assert.Equal("Yes, for its availability.", Verdict.Of(Read("timetables") with { Survives = Loss.Region }).Summary);

    [Fact]
    public void A_heavy_region_and_the_loss_of_regions_is_partly() =>
        Assert.Equal("Partly: for its availability, but with care about its distance.", Verdict.Of(Read("groceries") with { Survives = Loss.Regions }).Summary);

    [Fact]
    public void Measured_traffic_says_so()
    {
        var system = Read("questions") with { IsMeasured = true };
        Assert.Contains("(measured)", Verdict.Of(system).Findings[0].Reason);
    }

    internal static SystemDescription Read(string name)
    {
        var file = System.IO.Path.Combine(AppContext.BaseDirectory, "Fit", "Systems", $"{name}.json");
        return DescriptionReader.Read(File.ReadAllText(file), name, null);
    }
}
