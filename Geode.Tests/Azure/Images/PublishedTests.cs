using Geode.TestKit;

namespace Geode.Tests.Azure.Images;

/// <summary>What is published from a checkout, by who wants no image. There packages are replaced by their native code.</summary>
public sealed class PublishedTests
{
    [Fact]
    public async Task Every_package_is_there_once_and_native()
    {
        using var output = new TemporaryFolder();

        await Command.RunAsync(
            RepositoryFiles.Root, new Dictionary<string, string?>(), "dotnet", "publish", "Geode.Worker", "-c", "Release", "-o", output.Path, "-v", "quiet", "-warnaserror");

        var native = new FileInfo(output.At("Microsoft.Azure.Cosmos.Client.dll")).Length;
        var original = new FileInfo(typeof(Microsoft.Azure.Cosmos.CosmosClient).Assembly.Location).Length;
        Assert.True(native > 1.5 * original, $"{native} bytes, {original} in the package");
    }
}
