namespace Geode.Tests.Gallery;

/// <summary><c>infra/rollout.sh</c> gives a new version to one region, then to all, and takes it back when a drill fails.</summary>
public sealed class RolloutTests
{
    private const string Ask = "az containerapp list --resource-group rg-dev-westeurope";
    private const string Move = "azd deploy api --no-prompt --from-package registry/api:2 |";
    private const string Start = "azd deploy api --no-prompt | live=r1 candidate= weight= regions=";
    private const string First = $"{Move} live=r1 candidate=r2 weight=100 regions=westeurope";
    private const string Everywhere = $"{Move} live=r1 candidate=r2 weight=100 regions=";
    private const string BackFirst = $"{Move} live=r1 candidate=r2 weight=0 regions=westeurope";
    private const string BackEverywhere = $"{Move} live=r1 candidate=r2 weight=0 regions=";
    private const string Finish = $"{Move} live= candidate= weight= regions=";
    private const string Worker = "azd deploy worker --no-prompt | live= candidate= weight= regions=";

    private static readonly string[] Settings = ["API_LIVE_REVISION", "API_CANDIDATE_REVISION", "API_CANDIDATE_WEIGHT", "API_CANDIDATE_REGIONS"];

    [ShellFact]
    public async Task A_good_version_goes_to_one_region_then_to_all()
    {
        await using var azure = await PretendedAzure.StartAsync("api--r1\n");
        // As a run that was cut off left them.
        azure.Set("API_CANDIDATE_WEIGHT", "100");

        await AssertRunAsync(azure, 0, Ask, Start, First, Everywhere, Finish, Worker);

        Assert.Equal(["westeurope"], azure.Tried.Keys);
    }

    [ShellFact]
    public async Task A_bad_version_is_taken_back_and_no_other_region_saw_it()
    {
        await using var azure = await PretendedAzure.StartAsync("api--r1\n");
        azure.Broken = ["westeurope", "eastus"];

        await AssertRunAsync(azure, 1, Ask, Start, First, BackFirst);

        Assert.Equal(["westeurope"], azure.Tried.Keys);
    }

    [ShellFact]
    public async Task What_fails_only_elsewhere_is_taken_back_everywhere()
    {
        await using var azure = await PretendedAzure.StartAsync("api--r1\n");
        azure.Broken = ["eastus"];

        await AssertRunAsync(azure, 1, Ask, Start, First, Everywhere, BackEverywhere);
    }

    [ShellFact]
    public async Task A_version_that_does_not_start_gets_nothing()
    {
        await using var azure = await PretendedAzure.StartAsync("api--r1\n");
        azure.Refuse(Start);

        await AssertRunAsync(azure, 1, Ask, Start);
    }

    [ShellFact]
    public async Task Weight_that_could_not_be_moved_is_taken_back()
    {
        await using var azure = await PretendedAzure.StartAsync("api--r1\n");
        azure.Refuse("weight=100 regions=$");

        await AssertRunAsync(azure, 1, Ask, Start, First, Everywhere, BackEverywhere);
    }

    [ShellFact]
    public async Task A_roll_back_that_fails_is_said_and_leaves_no_settings()
    {
        await using var azure = await PretendedAzure.StartAsync("api--r1\n");
        azure.Broken = ["westeurope"];
        azure.Refuse("weight=0");

        var output = await AssertRunAsync(azure, 1, Ask, Start, First, BackFirst);

        Assert.Contains("by hand", output, StringComparison.Ordinal);
    }

    [ShellFact]
    public async Task The_first_deployment_ever_is_a_plain_one()
    {
        await using var azure = await PretendedAzure.StartAsync("");

        await AssertRunAsync(azure, 0, Ask, "azd deploy --no-prompt | live= candidate= weight= regions=");
    }

    [ShellFact]
    public async Task Nothing_is_changed_while_the_planet_is_not_well()
    {
        await using var azure = await PretendedAzure.StartAsync("api--r1\n");
        azure.Sick = ["eastus"];

        await AssertRunAsync(azure, 1, Ask);
    }

    /// <summary>A region that does not answer here cannot be drilled from here.</summary>
    [ShellFact]
    public async Task A_region_that_the_drill_cannot_see_is_not_taken_for_good()
    {
        await using var azure = await PretendedAzure.StartAsync("api--r1\n");

        var (code, output) = await azure.RunAsync("rollout.sh", "southeastasia");

        Assert.Equal(1, code);
        Assert.Contains("southeastasia gave no good answer", output, StringComparison.Ordinal);
        Assert.Equal($"{Move} live=r1 candidate=r2 weight=0 regions=southeastasia", azure.Log.Last());
    }

    [ShellFact]
    public async Task The_drill_says_who_answered_and_counts_what_is_bad()
    {
        await using var azure = await PretendedAzure.StartAsync("");

        Assert.Equal((0, "westeurope 6\neastus 2\n0 of 16 answers were bad, 1 may be.\n"), await azure.RunAsync("drill.sh", $"{azure.Address}"));
        Assert.Equal(0, (await azure.RunAsync("drill.sh", $"{azure.Address}", "eastus")).Code);
        Assert.Equal(1, (await azure.RunAsync("drill.sh", $"{azure.Address}", "east")).Code);

        azure.Sick = ["eastus"];
        var (code, output) = await azure.RunAsync("drill.sh", $"{azure.Address}");
        Assert.Equal(1, code);
        Assert.Contains("/api/planet answered 503", output, StringComparison.Ordinal);
        Assert.Contains("4 of 16 answers were bad", output, StringComparison.Ordinal);
    }

    [ShellFact]
    public async Task The_drill_of_a_planet_that_is_not_there_fails()
    {
        await using var azure = await PretendedAzure.StartAsync("");
        var gone = new UriBuilder(azure.Address) { Port = 1 }.Uri;

        var (code, output) = await azure.RunAsync("drill.sh", $"{gone}");

        Assert.Equal(1, code);
        Assert.Contains("16 of 16 answers were bad", output, StringComparison.Ordinal);
    }

    /// <summary>However it ends, the next plain <c>azd deploy</c> finds no setting of it.</summary>
    private static async Task<string> AssertRunAsync(PretendedAzure azure, int expected, params string[] log)
    {
        var (code, output) = await azure.RunAsync("rollout.sh");

        Assert.True(expected == code, output);
        Assert.Equal(log, azure.Log);
        Assert.All(Settings, setting => Assert.Equal("", azure.Setting(setting)));
        return output;
    }

    /// <summary>A test of a shell script. Windows runs them in its own kinds of Linux only.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class ShellFactAttribute : FactAttribute
    {
        public ShellFactAttribute()
        {
            if (OperatingSystem.IsWindows())
                Skip = "There is no /bin/sh.";
        }
    }
}
