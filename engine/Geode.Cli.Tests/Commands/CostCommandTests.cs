using System.Text.Json;
using Geode.Cli.Commands;

namespace Geode.Cli.Tests.Commands;

public sealed class CostCommandTests : CommandTests
{
    [Fact]
    public async Task Says_what_a_month_costs_against_fewer_and_more_regions_and_what_has_no_price()
    {
        PlanetOf("eastus", "westeurope");
        var text = await SucceedAsync($"cost --planet {Path("geode.json")} --requests-per-second 20 --json {Path("c.json")}");

        Assert.StartsWith("A month of this planet at 20 requests per second, by list prices: ", text);
        Assert.Contains("eastus alone", text);
        Assert.Contains("cosmos-100ru-hour, eastus: of 2026-07-30", text);
        Assert.Contains("Lines without a price are in no sum.", text);
        using var json = JsonDocument.Parse(File.ReadAllText(Path("c.json")));
        Assert.Equal(13, json.RootElement.GetProperty("lines").GetArrayLength());
        Assert.Equal(2, json.RootElement.GetProperty("others").GetArrayLength());
    }

    [Theory]
    [InlineData("cost --write-share 2", "--write-share is a number from 0 to 1, not '2'.")]
    [InlineData("cost --max-throughput 100", "--max-throughput is a number from 1000 to 100000000, not '100'.")]
    [InlineData("prices update --list ftp://x", "--list is an address that begins with http:// or https://, not 'ftp://x'.")]
    public void Bad_options_are_refused_in_one_line(string line, string fault) => Assert.Equal(fault, Assert.Single(CliCommands.Root().Parse(line).Errors).Message);

    [Fact]
    public async Task A_table_of_prices_that_is_wrong_is_refused_and_one_that_cannot_be_asked_for_leaves_no_file()
    {
        PlanetOf("eastus");
        File.WriteAllText(Path("p.csv"), "meter,region,price,date,source\ngold,eastus,1,2026,me\n");
        Assert.StartsWith("p.csv, line 2: there is no meter 'gold'", (await Assert.ThrowsAsync<CliException>(() => RunAsync($"cost --planet {Path("geode.json")} --prices {Path("p.csv")}"))).Message);

        using var held = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        held.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        await Assert.ThrowsAsync<CliException>(() => RunAsync($"prices update --planet {Path("geode.json")} --list http://{held.LocalEndPoint} --out {Path("new.csv")}"));
        Assert.False(File.Exists(Path("new.csv")));
    }
}
