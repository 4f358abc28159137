namespace Geode.Tests.Azure.Hooks;

/// <summary>What a subscription does not allow is said before the deployment, as az tells it.</summary>
public sealed class SubscriptionTests
{
    private const string Stopped = "The planet cannot be provisioned:";

    private static readonly string[] Providers =
    [
        "Microsoft.App", "Microsoft.Authorization", "Microsoft.Cdn", "Microsoft.Consumption", "Microsoft.ContainerRegistry", "Microsoft.DocumentDB", "microsoft.insights",
        "Microsoft.ManagedIdentity", "Microsoft.Network", "Microsoft.OperationalInsights", "Microsoft.Resources", "Microsoft.Storage",
    ];

    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task A_subscription_that_allows_all_of_it_is_asked_little_and_of_itself_only(string shell)
    {
        using var run = Allowing();

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal([], result.Errors);
        Assert.Equal(["Nothing is in the way of a planet of 2 regions."], result.Output);
        Assert.Equal(
            ["account show", "provider list", "provider show", "resource list", "containerapp list-usages", "containerapp list-usages", "cosmosdb locations"],
            run.Calls.Select(call => string.Join(' ', call.Split(' ')[1..3])));
        Assert.All(run.Calls, call => Assert.Contains($" --subscription {HookRun.Subscription} --only-show-errors -o tsv", call, StringComparison.Ordinal));
    }

    [Theory]
    [InShell("sh", "ERROR: Please run 'az login' to setup account.")]
    [InShell("pwsh", "ERROR: Please run 'az login' to setup account.")]
    [InShell("sh", "ERROR: The subscription of '11111111-2222-3333-4444-555555555555' doesn't exist in cloud 'AzureCloud'.")]
    public async Task Without_a_login_these_checks_are_left_out(string shell, string says)
    {
        using var run = new HookRun();
        run.Fail("az account show", says);

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal([$"Warning: what the subscription allows is not checked. {says["ERROR: ".Length..]}"], result.Errors);
        Assert.Equal(0, result.ExitCode);
        Assert.Single(run.Calls);
    }

    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task Before_azd_has_asked_for_the_subscription_nothing_is_asked_of_it(string shell)
    {
        using var run = Allowing();
        run.Set("AZURE_SUBSCRIPTION_ID", null);

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal(["Warning: what the subscription allows is not checked. AZURE_SUBSCRIPTION_ID is not set yet."], result.Errors);
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(run.Calls);
    }

    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task What_the_subscription_does_not_allow_is_found(string shell)
    {
        using var run = Allowing();
        run.Write("geode.json", """{ "regions": ["westeurope", { "name": "westus", "zoneRedundant": true }, "eastus", "uksouth"] }""");
        run.Answer("az provider show", "West Europe", "West US", "UK South", "North Central US (Stage)");
        run.Answer("az containerapp list-usages westus", "None\t5\t20");
        run.Answer("az containerapp list-usages uksouth", "15\tNone\t15");
        run.Answer("az cosmosdb locations list", "West Europe\tFalse\tFalse", "West US\tTrue\tFalse", "East US\tFalse\tTrue");
        run.Answer("az cosmosdb list", "East US");
        run.Answer("az rest", "westeurope", "eastus", "uksouth");

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal(
            [
                Stopped,
                "  Container Apps is not offered in 'eastus'; allowed are the regions of: az provider show --namespace Microsoft.App --query \"resourceTypes[?resourceType=='managedEnvironments'].locations[]\"",
                "  Container Apps has no environment left in 'uksouth' (15 of 15 are in use); needed is one: ask for more as https://learn.microsoft.com/azure/container-apps/quotas says",
                "  Cosmos DB is closed to this subscription in 'westeurope'; allowed are other regions, or ask for this one at https://aka.ms/cosmosdbquota",
                "  Cosmos DB has no zones for this subscription in 'westus'; allowed is to take out zoneRedundant (or the footprint zonal) there, or ask for them at https://aka.ms/cosmosdbquota",
                "  Cosmos DB is not offered in 'uksouth'; allowed are the regions of: az cosmosdb locations list --query [].name",
                "  geode.json asks for zones in 'westus', which has none; allowed is to take out zoneRedundant (or the footprint zonal) there, or a region of: az account list-locations --query [?availabilityZoneMappings].name",
            ],
            result.Errors);
        Assert.Equal(1, result.ExitCode);
    }

    /// <summary>What is there needs nothing more: the second time, every environment and the database are in use by the planet itself.</summary>
    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task A_planet_that_is_there_is_not_in_its_own_way(string shell)
    {
        using var run = Allowing();
        run.Answer("az resource list", "rg-dev-WestEurope\tcae-westeurope", "rg-other-eastus\tcae-eastus");
        run.Answer("az containerapp list-usages westeurope", "1\tNone\t1");
        run.Answer("az cosmosdb locations list", "West Europe\tFalse\tFalse", "East US\tTrue\tTrue");
        run.Answer("az cosmosdb list", "West Europe", "East US");

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal([], result.Errors);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("--location eastus ", Assert.Single(run.Calls, call => call.Contains("list-usages", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("[?resourceGroup=='rg-dev-global']", Assert.Single(run.Calls, call => call.StartsWith("az cosmosdb list ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task Providers_of_the_templates_that_are_not_registered_are_named(string shell)
    {
        using var run = Allowing();
        run.Answer("az provider list", [.. Providers.Except(["Microsoft.App", "Microsoft.Storage"]).Select(p => $"{p}\tRegistered"), "Microsoft.App\tNotRegistered", "Microsoft.Web\tNotRegistered"]);

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal(
            new[] { "Microsoft.App", "Microsoft.Storage" }.Select(p =>
                $"Warning: {p} is not registered. Azure does that now, if you may: az provider register --namespace {p} --subscription {HookRun.Subscription}"),
            result.Errors);
        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain(run.Calls, call => call.Contains("list-usages", StringComparison.Ordinal));
    }

    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task A_question_that_az_does_not_answer_is_said_and_stops_nothing(string shell)
    {
        using var run = Allowing();
        run.Write("geode.json", """{ "regions": ["westeurope", { "name": "eastus", "zoneRedundant": true }] }""");
        foreach (var command in (string[])["provider list", "provider show", "containerapp list-usages eastus", "cosmosdb locations list", "rest"])
            run.Fail($"az {command}", "", "ERROR: (AuthorizationFailed) The client does not have authorization.", "Code: AuthorizationFailed");

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal(
            new[]
            {
                "whether resource providers are registered is", "where Container Apps is offered is", "the quota of Container Apps in 'eastus' is",
                "where Cosmos DB is offered is", "which regions have zones is",
            }.Select(what => $"Warning: {what} not checked. (AuthorizationFailed) The client does not have authorization."),
            result.Errors);
        Assert.Equal(0, result.ExitCode);
    }

    private static HookRun Allowing()
    {
        var run = new HookRun();
        run.Answer("az account show", HookRun.Subscription);
        run.Answer("az provider list", [.. Providers.Select(p => $"{p}\tRegistered"), "Microsoft.Web\tNotRegistered"]);
        run.Answer("az provider show", "West Europe", "East US", "UK South");
        run.Answer("az resource list");
        run.Answer("az containerapp list-usages westeurope", "14\tNone\t15");
        run.Answer("az containerapp list-usages eastus", "None\t0\t1");
        run.Answer("az cosmosdb locations list", "West Europe\tTrue\tTrue", "East US\tTrue\tNone");
        return run;
    }
}
