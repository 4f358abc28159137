using System.Net;
using System.Net.Sockets;
using Geode.Runtime.Health;
using Geode.TestKit;
using Geode.Tests.Azure.Bicep;
using Geode.Topology;

namespace Geode.Tests.Azure.Images;

/// <summary>Does what <c>docker build</c> and <c>docker run</c> would: copies only what the Dockerfile copies, runs its commands, and
/// starts its entry point with the environment that the container app gets.</summary>
[Trait("Category", "Image")]
public sealed class ImageBuildTests
{
    [BicepTheory]
    [InlineData("Geode.Api", "api")]
    [InlineData("Geode.Worker", "worker")]
    public async Task Builds_and_starts(string project, string service)
    {
        using var image = new TemporaryFolder();
        var file = Dockerfile.Read(Sources.OfRepository, $"{project}/Dockerfile");

        await BuildAsync(file, image);
        Assert.True(File.Exists(image.At("publish", $"{project}.dll")));

        var port = FreePort();
        using var process = Command.Start(image.At("publish"), await EnvironmentAsync(service, port), "dotnet", file.Final.Of("ENTRYPOINT").Single().Arguments.Skip(1));
        var printed = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        try
        {
            var answer = await AnswerAsync(new Uri($"http://127.0.0.1:{port}{HealthEndpoints.Live}"), process.WaitForExitAsync());
            Assert.Equal(HttpStatusCode.OK, answer);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            Assert.DoesNotContain("Unhandled exception", await printed + await complained);
        }
    }

    private static async Task BuildAsync(Dockerfile file, TemporaryFolder image)
    {
        var context = new BuildContext(Sources.OfRepository);
        foreach (var instruction in file.Build.Instructions)
        {
            if (instruction.Keyword == "RUN")
            {
                var command = instruction.Arguments.Select(a => a == "/publish" ? image.At("publish") : a).ToList();
                await Command.RunAsync(image.At("source"), new Dictionary<string, string?>(), command[0], command.Skip(1));
            }

            foreach (var (source, target) in instruction.Keyword == "COPY" ? context.Copy(instruction.Arguments) : [])
            {
                var full = image.At("source", target);
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                File.Copy(source, full, overwrite: true);
            }
        }
    }

    /// <summary>As Bicep sets it, but for the address and the account, which is nobody's here.</summary>
    private static async Task<Dictionary<string, string?>> EnvironmentAsync(string service, int port)
    {
        var app = (await Azd.UpAsync(Sources.OfRepository)).Services[service].Resources[0];
        var environment = app.Body.At("properties", "template", "containers", 0, "env").List()
            .ToDictionary(v => v.At("name").Text(), v => v.At("value") as string);
        environment[PlanetEnvironment.Urls] = PlanetPorts.Loopback(port);
        environment[PlanetEnvironment.Backplane] = $"AccountEndpoint={PlanetPorts.Loopback(FreePort())}/;AccountKey={PlanetEnvironment.EmulatorKey};";
        // No lock: its id is known in Azure only.
        environment.Remove("Geode__FrontDoorId");
        environment.Remove("Geode__Keys");
        environment.Remove("OTEL_EXPORTER_OTLP_ENDPOINT");
        return environment;
    }

    private static async Task<HttpStatusCode> AnswerAsync(Uri address, Task ended)
    {
        using var client = new HttpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            try
            {
                return (await client.GetAsync(address, patience.Token)).StatusCode;
            }
            catch (HttpRequestException) when (!ended.IsCompleted)
            {
                // Not listening yet.
                await Task.Delay(20, patience.Token);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
