using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Azure.Cosmos;
using Newtonsoft.Json;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>The client with its binary encoding turned on, which it looks for in the environment: so this is a program of its own, run by
/// <see cref="BinaryClientTests"/>. It ends with an exception when something is not as it should be, else says how many bodies were binary.</summary>
internal static class BinaryClient
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [var endpoint, var key, var database, var serializer])
            throw new ArgumentException("The arguments are ENDPOINT KEY DATABASE SERIALIZER.", nameof(arguments));
        using var counter = new Counter();
        var options = new CosmosClientOptions { ConnectionMode = ConnectionMode.Gateway, HttpClientFactory = () => new HttpClient(counter, disposeHandler: false) };
        if (serializer == "SystemText")
            options.UseSystemTextJsonSerializerWithOptions = new(System.Text.Json.JsonSerializerDefaults.Web);
        using var client = new CosmosClient(endpoint, key, options);
        Container container = await client.GetDatabase(database).CreateContainerAsync($"binary-{Guid.NewGuid():N}", "/pk");
        await ItemsAsync(container);
        await ManyAsync(container);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"binary {counter.Requests} {counter.Responses}"));
        return 0;
    }

    private static async Task ItemsAsync(Container container)
    {
        var key = new PartitionKey("k");
        var note = new Row("a", "k", 1, $"größe {new string('x', 300)}", ["2026-01-02T03:04:05.678Z", "0123456789abcdef0123456789abcdef"], new Place("Bern"));
        Same(note, (await container.CreateItemAsync(note, key)).Resource);
        Same(note, (await container.ReadItemAsync<Row>("a", key)).Resource);
        Same(note with { Number = 2 }, (await container.ReplaceItemAsync(note with { Number = 2 }, "a", key)).Resource);
        Same(note with { Number = 3 }, (await container.UpsertItemAsync(note with { Number = 3 }, key)).Resource);
        Same(note with { Number = 4 }, (await container.PatchItemAsync<Row>("a", key, [PatchOperation.Increment("/number", 1)])).Resource);

        using var made = await container.UpsertItemStreamAsync(new MemoryStream("""{"id":"s","pk":"k","number":7,"deep":{"list":[1,-2.5,null]}}"""u8.ToArray()), key);
        Equal(HttpStatusCode.Created, made.StatusCode);
        using var read = await container.ReadItemStreamAsync("s", key);
        using var text = new StreamReader(read.Content, Encoding.UTF8);
        Equal(true, (await text.ReadToEndAsync()).Contains("\"deep\":{\"list\":[1,-2.5,null]}", StringComparison.Ordinal));
        Equal(7, (await container.ReadItemAsync<Row>("s", key)).Resource.Number);

        Equal(HttpStatusCode.NoContent, (await container.DeleteItemAsync<Row>("s", key)).StatusCode);
        await container.ReadItemAsync<Row>("s", key).FailsAsync(HttpStatusCode.NotFound);
        await container.CreateItemAsync(note, key).FailsAsync(HttpStatusCode.Conflict);
        Equal(HttpStatusCode.NoContent, (await container.DeleteItemAsync<Row>("a", key)).StatusCode);
    }

    private static async Task ManyAsync(Container container)
    {
        for (var i = 0; i < 20; i++)
            await container.CreateItemAsync(new Row($"n{i:000}", $"k{i % 4}", i));
        Equal(20, (await container.QueryAsync<Row>("SELECT * FROM c ORDER BY c.number")).Count);
        Equal(190, (await container.QueryAsync<int>("SELECT VALUE SUM(c.number) FROM c")).Single());
        Equal(5, (await container.QueryAsync<Row>("SELECT * FROM c", new QueryRequestOptions { PartitionKey = new PartitionKey("k1") })).Count);
        Equal(20, (await container.DrainAsync<Row>(ChangeFeedStartFrom.Beginning())).Changes.Count);
        Equal(2, (await container.ReadManyItemsAsync<Row>([("n000", new PartitionKey("k0")), ("n001", new PartitionKey("k1"))])).Count);
        using var batch = await container.CreateTransactionalBatch(new PartitionKey("k")).CreateItem(new Row("b", "k", 1)).ReadItem("b").ExecuteAsync();
        Equal(true, batch.IsSuccessStatusCode);
        Equal(1, batch.GetOperationResultAtIndex<Row>(1).Resource.Number);
    }

    private static void Same(Row expected, Row actual)
    {
        Equal(string.Join(',', expected.Tags ?? []), string.Join(',', actual.Tags ?? []));
        Equal(expected with { Tags = null }, actual with { Tags = null });
    }

    private static void Equal<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvalidOperationException($"{actual} where {expected} belongs.");
    }

    // With serializer options the client would write patches' values in binary, into text.
    private sealed record Row(
        [property: JsonProperty("id")] string Id,
        [property: JsonProperty("pk")] string Pk,
        [property: JsonProperty("number")] int Number = 0,
        [property: JsonProperty("text")] string? Text = null,
        [property: JsonProperty("tags")] string[]? Tags = null,
        [property: JsonProperty("place")] Place? Place = null);

    /// <summary>Counts the bodies that begin as binary JSON does.</summary>
    private sealed class Counter() : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _requests;
        private int _responses;

        public int Requests => _requests;

        public int Responses => _responses;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is { } body && await body.ReadAsByteArrayAsync(cancellationToken) is [0x80, ..])
                Interlocked.Increment(ref _requests);
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            if (await response.Content.ReadAsByteArrayAsync(cancellationToken) is [0x80, ..])
                Interlocked.Increment(ref _responses);
            return response;
        }
    }
}
