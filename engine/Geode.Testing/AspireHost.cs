using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Geode.Control;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Testing;

/// <summary>An app host that runs inside a test, and the folder of its planet's data.</summary>
internal sealed class AspireHost(string? dataFolder) : IAsyncDisposable
{
    private readonly bool _isTemporary = dataFolder is null;

    public DistributedApplication? Application { get; private set; }

    public string DataFolder { get; } = dataFolder ?? Directory.CreateTempSubdirectory("planet-").FullName;

    public async Task StartAsync<TAppHost>(string[] arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
        where TAppHost : class
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<TAppHost>(arguments, cancellationToken);
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToList())
        {
            foreach (var (name, value) in environment)
                builder.CreateResourceBuilder(project).WithEnvironment(name, value);
        }
        Application = await builder.BuildAsync(cancellationToken);
        await Application.StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (Application is not null)
        {
            var planet = Application.Services.GetKeyedService<IAsyncDisposable>(AppHosts.RunKey);
            await Application.StopAsync();
            // The application's own end does not wait for this, and the folder is still in use until then.
            if (planet is not null)
                await planet.DisposeAsync();
            await Application.DisposeAsync();
        }
        if (_isTemporary && Directory.Exists(DataFolder))
            Directory.Delete(DataFolder, recursive: true);
    }
}
