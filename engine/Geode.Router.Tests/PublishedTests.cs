using System.Reflection.PortableExecutable;
using Geode.TestKit;

namespace Geode.Router.Tests;

/// <summary>What is published from a checkout, by who wants no image. There packages are replaced by their native code.</summary>
public sealed class PublishedTests
{
    [Fact]
    public async Task Every_package_is_there_once_and_native()
    {
        using var output = new TemporaryFolder();

        await Command.RunAsync(
            RepositoryFiles.Root, new Dictionary<string, string?>(), "dotnet", "publish", "engine/Geode.Router", "-c", "Release", "-o", output.Path, "-v", "quiet", "-warnaserror");

        foreach (var assembly in (string[])["Yarp.ReverseProxy.dll", "Geode.Router.dll"])
        {
            using var reader = new PEReader(File.OpenRead(output.At(assembly)));
            Assert.NotEqual(0, reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
        }
    }
}
