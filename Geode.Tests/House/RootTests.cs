using Geode.TestKit;

namespace Geode.Tests.House;

/// <summary>At the root is what its user has to know, and nothing else.</summary>
public sealed class RootTests
{
    private static readonly string[] Rooms =
    [
        "Geode.Api", "Geode.AppHost", "Geode.ServiceDefaults", "Geode.Tests", "Geode.Worker", "Geode.sln", "README.md", "aspire.config.json", "azure.yaml",
        "containers.json", "docs", "engine", "geode.json", "infra",
    ];

    [CheckoutFact]
    public async Task The_root_holds_the_service_its_deployment_and_the_engine()
    {
        var listed = await Command.RunAsync(RepositoryFiles.Root, new Dictionary<string, string?>(), "git", "ls-files");

        var root = listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(path => path.Split('/')[0]).Distinct();

        Assert.Equal(Rooms, root.Where(name => !EveryRepositoryHas(name)).Order(StringComparer.Ordinal));
    }

    private static bool EveryRepositoryHas(string name) =>
        name.StartsWith('.') || name.StartsWith("Directory.", StringComparison.Ordinal) || name is "LICENSE" or "global.json";

    /// <summary>A test that asks git what belongs to the repository, and not what lies about.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class CheckoutFactAttribute : FactAttribute
    {
        public CheckoutFactAttribute()
        {
            if (!Path.Exists(RepositoryFiles.At(".git")))
                Skip = "This is no checkout of git.";
        }
    }
}
