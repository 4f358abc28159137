using System.Text.Json;
using Geode.Cli.Commands;

namespace Geode.Cli.Tests.Commands;

public sealed class FitCommandTests : CommandTests
{
    [Fact]
    public async Task Says_it_in_text_and_in_a_file()
    {
        var text = await SucceedAsync($"fit {System("groceries")} --json {Path("fit.json")}");

        Assert.Contains("No: nothing that geodes give is needed here, and its distance is against it.", text);
        Assert.Contains("- distance      84 % of its requests are within 60 ms of", text);
        using var json = JsonDocument.Parse(File.ReadAllText(Path("fit.json")));
        Assert.Equal("no", json.RootElement.GetProperty("answer").GetString());
        Assert.Equal("against", json.RootElement.GetProperty("findings")[0].GetProperty("speaks").GetString());
    }

    [Fact]
    public async Task A_dash_writes_nothing_but_json()
    {
        using var json = JsonDocument.Parse(await SucceedAsync($"fit {System("alarms")} --json -"));
        Assert.Equal("yes", json.RootElement.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Files_that_are_not_there_are_refused_in_one_line()
    {
        Assert.Contains("cannot be read", (await Assert.ThrowsAsync<CliException>(() => RunAsync($"fit {Path("none.json")}"))).Message);
        Assert.Contains("cannot be read", (await Assert.ThrowsAsync<CliException>(() => RunAsync($"fit {System("alarms")} --traffic {Path("none.csv")}"))).Message);
    }

    private static string System(string name) => global::System.IO.Path.Combine(AppContext.BaseDirectory, "Fit", "Systems", $"{name}.json");
}
