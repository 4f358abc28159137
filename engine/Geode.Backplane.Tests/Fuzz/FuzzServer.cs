using System.Globalization;
using System.Net;
using System.Text;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Sdk;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Fuzz;

/// <summary>A server to be fuzzed: signs what it is sent, so that it gets past the door, and judges the answers.</summary>
public sealed class FuzzServer : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly MasterKeyAuth _auth = new(PlanetEnvironment.EmulatorKey);
    private readonly HttpClient _http = new() { Timeout = Patience };
    private SdkServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await SdkServer.StartAsync("--partitions", "2", "--Logging:LogLevel:Default=None");
        await RestoreAsync();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>The container that the requests are about, as a client sees it.</summary>
    public Container Container => _server.Client.GetContainer("fuzz", "c");

    /// <summary>Makes the database, container and items that are missing.</summary>
    public async Task RestoreAsync()
    {
        Database database = await _server.Client.CreateDatabaseIfNotExistsAsync("fuzz");
        Container container = await database.CreateContainerIfNotExistsAsync("c", "/pk");
        for (var i = 0; i < 20; i++)
            await container.UpsertItemAsync(new Note($"n{i:000}", $"k{i % 4}", i, $"text {i}", [$"t{i % 3}"], new Sdk.Place("Bern")));
    }

    /// <summary>Sends it; fails the test on a 500 or when no answer comes.</summary>
    internal async Task<HttpStatusCode> SendAsync(FuzzRequest request)
    {
        var date = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        var uri = new Uri(_server.Endpoint + "/" + string.Join('/', request.Path.Trim('/').Split('/').Select(Uri.EscapeDataString)));
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), uri);
        message.Content = new ByteArrayContent(request.Body);
        message.Headers.TryAddWithoutValidation("x-ms-date", date);
        var signature = _auth.Sign(request.Method, ResourceAddress.FromPath(Uri.UnescapeDataString(uri.AbsolutePath)), date);
        message.Headers.TryAddWithoutValidation("authorization", Uri.EscapeDataString($"type=master&ver=1.0&sig={signature}"));
        foreach (var (name, value) in request.Headers)
            message.Headers.TryAddWithoutValidation(name, value.All(char.IsAscii) ? value : Uri.EscapeDataString(value));
        using var response = await _http.SendAsync(message);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(
            (int)response.StatusCode < 500,
            $"{(int)response.StatusCode} to {request.Method} {request.Path} {string.Join("; ", request.Headers)}\n{Encoding.UTF8.GetString(request.Body)}\n{body}");
        return response.StatusCode;
    }
}
