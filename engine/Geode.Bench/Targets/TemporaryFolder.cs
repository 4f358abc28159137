namespace Geode.Bench.Targets;

/// <summary>An empty folder that goes away with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("geode-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
