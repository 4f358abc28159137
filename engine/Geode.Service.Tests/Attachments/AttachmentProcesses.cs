using System.Net.Http.Headers;
using Geode.Control.Processes;
using Geode.Testing;
using Geode.TestKit;

namespace Geode.Service.Tests.Attachments;

/// <summary>The recipes as a planet of real processes with attachments: two pairs of regions behind one router.</summary>
public sealed class AttachmentProcesses : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private TestPlanet? _planet;

    public TestPlanet Planet => _planet ?? throw new InvalidOperationException("The planet has not started.");

    // The build beside this test's own: bin/Debug/net10.0.
    private static IReadOnlyList<string> Recipes =>
        ["dotnet", Path.Combine([RepositoryFiles.At("engine", "Geode.Recipes"), .. AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^3..], "Geode.Recipes.dll"])];

    public async Task InitializeAsync() => _planet = await TestPlanet.StartLocalAsync(new()
    {
        Regions = ["westeurope", "northeurope", "eastus", "westus"],
        Programs = new Dictionary<ProcessRole, IReadOnlyList<string>> { [ProcessRole.Api] = Recipes, [ProcessRole.Worker] = Recipes },
        Containers = RepositoryFiles.At("engine", "Geode.Recipes", "containers.json"),
        // The router's cache would have what is small by itself.
        Configuration = new Dictionary<string, string> { ["Geode:Attachments:MaxMegabytes"] = "8", ["Geode:Router:Cache:Enabled"] = "false" },
        DataFolder = _data.Path,
    });

    public async Task DisposeAsync()
    {
        if (_planet is not null)
            await _planet.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>Uploads in a region, past the router: near ones share what it sends.</summary>
    /// <returns>Where it is: <c>/attachments/westeurope/…</c>.</returns>
    public async Task<Uri> UploadAsync(string region, byte[] bytes)
    {
        using var client = new HttpClient { BaseAddress = Planet.Geode(region) };
        using var body = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        using var answer = await client.PostAsync("/attachments", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.StartsWith($"/attachments/{region}/", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        return answer.Headers.Location;
    }

    /// <summary>Regions in whose folders those bytes are.</summary>
    public IReadOnlyList<string> RegionsWith(byte[] bytes) =>
        [.. Planet.Planet.RegionNames.Where(region => Directory.EnumerateFiles(_data.Path, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetRelativePath(_data.Path, path).Split(Path.DirectorySeparatorChar).Contains(region))
            .Any(path => File.ReadAllBytes(path).AsSpan().IndexOf(bytes.AsSpan(0, Math.Min(bytes.Length, 4096))) >= 0))];
}
