using System.Net.Http.Headers;
using Geode.Control.Ports;
using Geode.Recipes;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Service.Tests.Attachments;

/// <summary>The recipes in two regions that are each other's pair, and a third that is not; attachments of one MiB at most.</summary>
public sealed class AttachmentPlanet() : InProcessPlanet(Regions, RepositoryFiles.At("engine", "Geode.Recipes", "containers.json"), RecipesApp.Build)
{
    public const int Most = 1 << 20;

    private static readonly Planet Regions = FreePorts.Move(PlanetLoader.Parse(
        """{ "regions": ["westeurope", "northeurope", { "name": "eastus", "pair": "westeurope" }], "attachments": { "maxMegabytes": 1 } }""", "test"));

    public Region West => Planet.Regions[0];

    public Region North => Planet.Regions[1];

    public Region America => Planet.Regions[2];

    /// <summary>Uploads to a region's service.</summary>
    /// <param name="type">Null: none is given.</param>
    public async Task<HttpResponseMessage> PostAsync(HttpClient client, Region at, byte[] bytes, string? type = "image/png", string? key = null, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address(at), "attachments")) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    /// <summary>Reads from a region's service.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpClient client, Region at, Uri address, HttpMethod? method = null, Action<HttpRequestHeaders>? configure = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(Address(at), address));
        configure?.Invoke(request.Headers);
        return await client.SendAsync(request);
    }
}
