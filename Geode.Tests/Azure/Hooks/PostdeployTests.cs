namespace Geode.Tests.Azure.Hooks;

/// <summary>After a deployment one sees which geodes are there, or that the planet is not.</summary>
public sealed class PostdeployTests
{
    private const string Revisions = "Warning: revisions are not shown. az is not installed.";
    private const string Again = "Ask once more: azd hooks run postdeploy";
    private const string Header = "  region               state        lag      served   api                              worker";

    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task Waits_for_Front_Door_and_for_every_geode_and_shows_them(string shell)
    {
        await using var door = await new FrontDoor(404, 404, 503, 200, 502).StartAsync();
        door.Views.Add(FrontDoor.View("westeurope", FrontDoor.Region("westeurope", 900), FrontDoor.Region("eastus", null)));
        door.Views.Add(FrontDoor.View("westeurope", FrontDoor.Region("westeurope", 900), FrontDoor.Region("eastus", 15_001, 80)));
        door.Views.Add(FrontDoor.View("eastus", FrontDoor.Region("westeurope", 900, 81.7), FrontDoor.Region("eastus", 20, serves: false)));
        door.Views.Add(FrontDoor.View("westeurope", FrontDoor.Region("westeurope", 900.5), FrontDoor.Region("eastus", 15_000, 80.9)));
        using var run = After(door.Address);
        run.Answer("az account show", HookRun.Subscription);
        run.Answer(
            "az containerapp list",
            "rg-dev-westeurope\tapi\tapi--r20260102-030405\tapi--r20260102-030405",
            "rg-dev-westeurope\tworker\tworker--r20260102-040506\tworker--r20260102-040506",
            "rg-dev-eastus\tapi\tapi--r20260102-030405\tapi--r20260101-000000",
            "rg-other-eastus\tworker\tworker--x\tworker--x");

        var result = await run.RunAsync(shell, "postdeploy");

        Assert.Equal([], result.Errors);
        Assert.Equal(
            [
                $"The planet: {door.Address}",
                "Waiting up to 600 seconds until it answers through Front Door, which takes minutes the first time.",
                Header,
                "  westeurope           alive        -        yes      api--r20260102-030405            worker--r20260102-040506",
                "  eastus               alive        80 ms    yes      api--r20260102-030405 (not ready) -",
                "All geodes are alive.",
            ],
            result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task Where_there_are_stamps_each_is_asked_for_its_own(string shell)
    {
        await using var door = await new FrontDoor().StartAsync();
        door.Stamps["eu"] = FrontDoor.View("westeurope", FrontDoor.Region("westeurope", 900));
        door.Stamps["the-world"] = FrontDoor.View("eastus", FrontDoor.Region("eastus", 900, 80.9));
        using var run = After(door.Address);
        run.Write("geode.json", """{ "regions": ["westeurope", "eastus"], "stamps": [{ "name": "eu", "regions": ["westeurope"] }, { "name": "the-world", "regions": ["eastus"] }] }""");

        var result = await run.RunAsync(shell, "postdeploy");

        Assert.Equal(
            [
                Header,
                "  westeurope           alive        -        yes      -                                -",
                "  eastus               alive        80 ms    yes      -                                -",
                "All geodes are alive.",
            ],
            result.Output.Skip(2));
    }

    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task A_geode_that_is_not_heard_of_fails_the_deployment(string shell)
    {
        await using var door = await new FrontDoor().StartAsync();
        door.Views.Add(FrontDoor.View("westeurope", FrontDoor.Region("westeurope", 900), FrontDoor.Region("eastus", 900, 3, serves: false)));
        using var run = After(door.Address);
        run.Set("AZURE_GEODE_REGIONS", "westeurope,eastus,uksouth");
        run.Set("GEODE_HOOK_WAIT_SECONDS", "0");

        var result = await run.RunAsync(shell, "postdeploy");

        Assert.Equal(
            [Revisions, $"Not heard of after 0 seconds: eastus, uksouth. See: az containerapp logs show -n api -g rg-dev-eastus. {Again}"],
            result.Errors);
        Assert.Equal(
            [
                Header,
                "  westeurope           alive        -        yes      -                                -",
                "  eastus               worker only  3 ms     -        -                                -",
                "  uksouth              silent       -        -        -                                -",
            ],
            result.Output.Skip(2));
        Assert.Equal(1, result.ExitCode);
    }

    [Theory]
    [InShell("sh", new[] { 503 }, "503")]
    [InShell("pwsh", new[] { 503 }, "503")]
    [InShell("sh", new[] { 200, 404 }, "404")]
    [InShell("pwsh", new[] { 200, 404 }, "404")]
    public async Task A_planet_that_does_not_answer_fails_the_deployment(string shell, int[] answers, string said)
    {
        await using var door = await new FrontDoor(answers).StartAsync();
        using var run = After(door.Address);
        run.Set("GEODE_HOOK_WAIT_SECONDS", "0");

        var result = await run.RunAsync(shell, "postdeploy");

        Assert.Equal([$"The planet does not answer through Front Door after 0 seconds ({said}); allowed is 200. {Again}"], result.Errors);
        Assert.Equal(1, result.ExitCode);
    }

    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task A_planet_that_is_nowhere_fails_the_deployment(string shell)
    {
        var door = await new FrontDoor().StartAsync();
        using var run = After(door.Address);
        await door.DisposeAsync();
        run.Set("GEODE_HOOK_WAIT_SECONDS", "0");

        var result = await run.RunAsync(shell, "postdeploy");

        Assert.Equal([$"The planet does not answer through Front Door after 0 seconds (no connection); allowed is 200. {Again}"], result.Errors);
    }

    [Theory, InShell("sh")]
    public async Task Without_curl_nobody_knows(string shell)
    {
        using var run = new HookRun();
        run.Set("AZURE_PLANET_URL", "http://127.0.0.1:1");

        var result = await run.RunAsync(shell, "postdeploy");

        Assert.Equal(["curl is not installed, so nobody knows whether the planet answers: install it, then azd hooks run postdeploy"], result.Errors);
        Assert.Equal(1, result.ExitCode);
    }

    [Theory]
    [InShell("sh", "AZURE_PLANET_URL", null, "AZURE_PLANET_URL is not set; needed is what provisioning says: azd provision")]
    [InShell("pwsh", "AZURE_PLANET_URL", null, "AZURE_PLANET_URL is not set; needed is what provisioning says: azd provision")]
    [InShell("sh", "GEODE_HOOK_WAIT_SECONDS", "10m", "GEODE_HOOK_WAIT_SECONDS is '10m' and GEODE_HOOK_PAUSE_SECONDS '0'; allowed are whole numbers: unset them")]
    [InShell("pwsh", "GEODE_HOOK_WAIT_SECONDS", "10m", "GEODE_HOOK_WAIT_SECONDS is '10m' and GEODE_HOOK_PAUSE_SECONDS '0'; allowed are whole numbers: unset them")]
    public async Task What_it_has_to_know_is_asked_for(string shell, string variable, string? value, string said)
    {
        using var run = After("http://127.0.0.1:1");
        run.Set(variable, value);

        var result = await run.RunAsync(shell, "postdeploy");

        Assert.Equal([said], result.Errors);
        Assert.Equal(1, result.ExitCode);
    }

    private static HookRun After(string address)
    {
        var run = new HookRun();
        if (HookRun.Find("curl") is not null)
            run.Install("curl");
        run.Set("AZURE_PLANET_URL", address);
        run.Set("AZURE_GEODE_REGIONS", "westeurope,eastus");
        run.Set("GEODE_HOOK_PAUSE_SECONDS", "0");
        return run;
    }
}
