using System.Net;
using System.Text.RegularExpressions;
using Geode.Backplane.Protocol.Codecs;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>What the server does for clients that encrypt: it keeps keys and policies, and says when a container is another one.</summary>
[Collection(SdkCollection.Name)]
public sealed class ClientEncryptionTests(SdkServers servers) : IAsyncLifetime
{
    private const string Algorithm = "AEAD_AES_256_CBC_HMAC_SHA256";

    private Database _database = null!;

    public async Task InitializeAsync() => _database = await servers.One.Client.CreateDatabaseAsync($"enc-{Guid.NewGuid():N}");

    public Task DisposeAsync() => _database.DeleteAsync();

    [Fact]
    public async Task Keys_are_kept_listed_queried_and_replaced()
    {
        var made = await _database.CreateClientEncryptionKeyAsync(Key("one", 1));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        await _database.CreateClientEncryptionKeyAsync(Key("one", 1)).FailsAsync(HttpStatusCode.Conflict);
        Assert.Equal(made.Resource.LastModified, made.Resource.CreatedTime);
        await _database.CreateClientEncryptionKeyAsync(Key("two", 2));
        var key = _database.GetClientEncryptionKey("one");
        var read = (await key.ReadAsync()).Resource;
        Assert.Equal((Algorithm, "name", "value", "type", "RSA-OAEP"), (read.EncryptionAlgorithm, read.EncryptionKeyWrapMetadata.Name, read.EncryptionKeyWrapMetadata.Value, read.EncryptionKeyWrapMetadata.Type, read.EncryptionKeyWrapMetadata.Algorithm));
        Assert.Equal([1, 2, 3], read.WrappedDataEncryptionKey);
        Assert.Equal(["one", "two"], (await _database.GetClientEncryptionKeyQueryIterator(new("SELECT * FROM k")).AllAsync()).Select(k => k.Id));
        Assert.Equal(["two"], (await _database.GetClientEncryptionKeyQueryIterator(new("SELECT * FROM k WHERE k.id = 'two'")).AllAsync()).Select(k => k.Id));

        // Wrapped anew, by another key.
        var rewrapped = (await key.ReplaceAsync(Key("one", 9), new() { IfMatchEtag = read.ETag })).Resource;
        Assert.Equal([9, 2, 3], rewrapped.WrappedDataEncryptionKey);
        Assert.NotNull(read.CreatedTime);
        Assert.Equal(read.CreatedTime, rewrapped.CreatedTime);
        await key.ReplaceAsync(Key("one", 8), new() { IfMatchEtag = read.ETag }).FailsAsync(HttpStatusCode.PreconditionFailed);
        using var unchanged = await servers.One.SendAsync(HttpMethod.Get, $"dbs/{_database.Id}/clientencryptionkeys/one", null, (CosmosHeaders.IfNoneMatch, rewrapped.ETag));
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        await _database.GetClientEncryptionKey("three").ReadAsync().FailsAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_key_has_the_rid_that_clients_read()
    {
        var made = (await _database.CreateClientEncryptionKeyAsync(Key("one", 1))).Resource;
        using var byRid = await servers.One.SendAsync(HttpMethod.Get, made.SelfLink.TrimEnd('/'));
        Assert.Contains("\"id\":\"one\"", await byRid.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var rid = made.SelfLink.TrimEnd('/').Split('/')[^1];
        Assert.True(SdkReflection.ParsesResourceId(rid), rid);
    }

    [Fact]
    public async Task A_key_that_a_container_needs_stays()
    {
        await _database.CreateClientEncryptionKeyAsync(Key("one", 1));
        Container container = await _database.CreateContainerAsync(Encrypted("c", new ClientEncryptionPolicy([Included("/name")])));
        var path = $"dbs/{_database.Id}/clientencryptionkeys/one";
        using (var kept = await servers.One.SendAsync(HttpMethod.Delete, path))
            Assert.Equal(HttpStatusCode.Conflict, kept.StatusCode);
        await container.DeleteContainerAsync();
        using var deleted = await servers.One.SendAsync(HttpMethod.Delete, path);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task A_policy_is_kept_and_stays_as_it_is()
    {
        await _database.CreateClientEncryptionKeyAsync(Key("one", 1));
        var properties = Encrypted("c", new ClientEncryptionPolicy([Included("/id", "Deterministic"), Included("/pk", "Deterministic"), Included("/name")], 2));
        Container container = await _database.CreateContainerAsync(properties);
        var read = (await container.ReadContainerAsync()).Resource;
        Assert.Equal(2, read.ClientEncryptionPolicy.PolicyFormatVersion);
        Assert.Equal(["/id", "/pk", "/name"], read.ClientEncryptionPolicy.IncludedPaths.Select(p => p.Path));

        read.DefaultTimeToLive = 60;
        await container.ReplaceContainerAsync(read);
        var failure = await container.ReplaceContainerAsync(Encrypted("c", new ClientEncryptionPolicy([Included("/name")]))).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Contains("cannot be changed", failure.Message, StringComparison.Ordinal);
        await container.ReplaceContainerAsync(new("c", "/pk")).FailsAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("5", "an object with an array 'includedPaths'")]
    [InlineData("""{"includedPaths":[],"policyFormatVersion":"1"}""", "policyFormatVersion must be 1 or 2")]
    [InlineData("""{"includedPaths":[],"policyFormatVersion":3}""", "policyFormatVersion must be 1 or 2")]
    [InlineData("""{"includedPaths":[5],"policyFormatVersion":1}""", "a property at the top")]
    [InlineData("""{"includedPaths":[{"path":"/a/b"}],"policyFormatVersion":1}""", "a property at the top")]
    [InlineData("""{"includedPaths":[{"path":"/a"}],"policyFormatVersion":1}""", "clientEncryptionKeyId for /a")]
    [InlineData("""{"includedPaths":[{"path":"/a","clientEncryptionKeyId":"one"}],"policyFormatVersion":1}""", "encryptionAlgorithm AEAD")]
    [InlineData("""{"includedPaths":[{"path":"/a","clientEncryptionKeyId":"one","encryptionAlgorithm":"AEAD_AES_256_CBC_HMAC_SHA256","encryptionType":"Rot13"}],"policyFormatVersion":1}""", "Deterministic or Randomized for /a, not 'Rot13'")]
    [InlineData("""{"includedPaths":[{"path":"/pk","clientEncryptionKeyId":"one","encryptionAlgorithm":"AEAD_AES_256_CBC_HMAC_SHA256","encryptionType":"Deterministic"}],"policyFormatVersion":1}""", "policyFormatVersion 2")]
    [InlineData("""{"includedPaths":[{"path":"/id","clientEncryptionKeyId":"one","encryptionAlgorithm":"AEAD_AES_256_CBC_HMAC_SHA256","encryptionType":"Randomized"}],"policyFormatVersion":2}""", "Deterministic and policyFormatVersion 2")]
    [InlineData("""{"includedPaths":[{"path":"/a","clientEncryptionKeyId":"none","encryptionAlgorithm":"AEAD_AES_256_CBC_HMAC_SHA256","encryptionType":"Randomized"}],"policyFormatVersion":2}""", "'[none]' does not exist")]
    public Task A_policy_that_is_wrong_is_told_why(string policy, string why) =>
        RefusedAsync("colls", $$"""{"id":"c","partitionKey":{"paths":["/pk"],"kind":"Hash","version":2},"clientEncryptionPolicy":{{policy}}}""", why);

    [Theory]
    [InlineData("""{"id":"k"}""", "encryptionAlgorithm must be")]
    [InlineData("""{"id":"k","encryptionAlgorithm":"AEAD_AES_256_CBC_HMAC_SHA256"}""", "in base64")]
    [InlineData("""{"id":"k","encryptionAlgorithm":"AEAD_AES_256_CBC_HMAC_SHA256","wrappedDataEncryptionKey":"%"}""", "in base64")]
    [InlineData("""{"id":"k","encryptionAlgorithm":"AEAD_AES_256_CBC_HMAC_SHA256","wrappedDataEncryptionKey":"AQID"}""", "keyWrapMetadata must be")]
    [InlineData("""{"id":"k","encryptionAlgorithm":"AEAD_AES_256_CBC_HMAC_SHA256","wrappedDataEncryptionKey":"AQID","keyWrapMetadata":{"type":5}}""", "keyWrapMetadata.type must be")]
    public Task A_key_that_is_wrong_is_told_why(string key, string why) => RefusedAsync("clientencryptionkeys", key, why);

    [Fact]
    public async Task A_client_is_told_that_its_container_was_made_anew()
    {
        Container container = await _database.CreateContainerAsync("c", "/pk");
        var rid = (await container.ReadContainerAsync()).Resource.SelfLink.TrimEnd('/').Split('/')[^1];
        await container.CreateItemAsync(new Note("a", "p"), requestOptions: Intended(rid));
        await container.DeleteContainerAsync();
        await _database.CreateContainerAsync("c", "/pk");

        foreach (var call in (Func<Task>[])[
            () => container.CreateItemAsync(new Note("a", "p"), new PartitionKey("p"), Intended(rid)),
            () => container.ReadItemAsync<Note>("a", new("p"), Intended(rid)),
            () => container.ReplaceItemAsync(new Note("a", "p"), "a", new("p"), Intended(rid)),
            () => container.PatchItemAsync<Note>("a", new("p"), [PatchOperation.Set("/n", 1)], new() { AddRequestHeaders = Headers(rid) }),
            () => container.GetItemQueryIterator<Note>("SELECT * FROM c", requestOptions: new() { AddRequestHeaders = Headers(rid) }).AllAsync(),
        ])
        {
            var failure = await call().FailsAsync(HttpStatusCode.BadRequest);
            Assert.Equal(SubStatus.IncorrectContainerRid, failure.SubStatusCode);
        }

        using var batch = await container.CreateTransactionalBatch(new("p")).CreateItem(new Note("a", "p")).ExecuteAsync(new TransactionalBatchRequestOptions { AddRequestHeaders = Headers(rid) });
        Assert.Equal((HttpStatusCode.BadRequest, "1024"), (batch.StatusCode, batch.Headers["x-ms-substatus"]));
    }

    private static ItemRequestOptions Intended(string rid) => new() { AddRequestHeaders = Headers(rid) };

    private static Action<Headers> Headers(string rid) => headers =>
    {
        headers.Add(CosmosHeaders.IsClientEncrypted, "True");
        headers.Add(CosmosHeaders.IntendedCollectionRid, rid);
    };

    private static ClientEncryptionKeyProperties Key(string name, byte first) => new(name, Algorithm, [first, 2, 3], new("type", "name", "value", "RSA-OAEP"));

    private static ClientEncryptionIncludedPath Included(string path, string type = "Randomized") =>
        new() { Path = path, ClientEncryptionKeyId = "one", EncryptionType = type, EncryptionAlgorithm = Algorithm };

    private static ContainerProperties Encrypted(string name, ClientEncryptionPolicy policy) => new(name, "/pk") { ClientEncryptionPolicy = policy };

    private async Task RefusedAsync(string feed, string body, string why)
    {
        using var answer = await servers.One.SendAsync(HttpMethod.Post, $"dbs/{_database.Id}/{feed}", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(why, Regex.Unescape(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }
}
