using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Protocol.Codecs.Oracles;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Scripts;

namespace Geode.Backplane.Tests.Protocol.Codecs;

/// <summary>The signatures the real SDK sends must hold, whatever it asks for and however things are named.</summary>
public sealed class SdkSignatureTests
{
    private static readonly MasterKeyAuth Auth = new(StubGateway.Key);

    [Fact]
    public async Task Every_request_of_the_sdk_verifies()
    {
        var verified = new List<string>();
        var rejected = new List<string>();
        var gateway = new StubGateway { OnRequest = r => (Verify(r) ? verified : rejected).Add($"{r.Method} {r.RequestUri!.AbsolutePath}") };
        using var client = gateway.CreateClient();
        var container = client.GetContainer("Db 1", "Coll é");
        var key = new PartitionKey("p");

        foreach (var id in new[] { "x", "a b", "é", "100%", "a+b", "日本", "A.b~c", "a&b=c", "(x)" })
            await Send(() => container.ReadItemAsync<object>(id, key));
        await Send(() => container.CreateItemAsync(new { id = "1" }, key));
        await Send(() => container.PatchItemAsync<object>("1", key, [PatchOperation.Add("/a", 1)]));
        await Send(() => container.DeleteItemAsync<object>("1", key));
        await Send(() => container.DeleteAllItemsByPartitionKeyStreamAsync(key));
        await Send(() => container.GetItemQueryIterator<object>("SELECT * FROM c ORDER BY c.x").ReadNextAsync());
        await Send(() => container.GetChangeFeedIterator<object>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.LatestVersion).ReadNextAsync());
        await Send(() => container.GetFeedRangesAsync());
        await Send(() => container.ReadThroughputAsync());
        await Send(() => container.Conflicts.GetConflictQueryIterator<object>().ReadNextAsync());
        await Send(() => container.Scripts.ExecuteStoredProcedureAsync<object>("Sp", key, null));
        await Send(() => container.Scripts.CreateStoredProcedureAsync(new StoredProcedureProperties("Sp", "x")));
        await Send(() => container.Scripts.ReadTriggerAsync("T"));
        await Send(() => container.Scripts.ReadUserDefinedFunctionAsync("U"));
        await Send(() => client.CreateDatabaseAsync("d"));
        await Send(() => client.GetDatabaseQueryIterator<object>().ReadNextAsync());
        await Send(() => client.GetDatabase("D").GetUser("U").GetPermission("P").ReadAsync());

        Assert.Empty(rejected);
        Assert.True(verified.Distinct().Count() >= 25, string.Join('\n', verified.Distinct()));
    }

    // The stub's answers satisfy few of these; what counts is what was sent.
    private static async Task Send(Func<Task> call)
    {
        var exception = await Record.ExceptionAsync(call);
        Assert.False(exception is CosmosException { StatusCode: System.Net.HttpStatusCode.Unauthorized }, exception?.Message);
    }

    private static bool Verify(HttpRequestMessage request)
    {
        var header = Assert.Single(request.Headers.GetValues(CosmosHeaders.Authorization));
        Assert.True(AuthorizationToken.TryParse(header, out var token));
        Assert.Equal(AuthorizationTokenType.Master, token.Type);
        var date = Assert.Single(request.Headers.GetValues(CosmosHeaders.XDate));
        Assert.True(RequestDate.IsCurrent(date, DateTimeOffset.UtcNow));
        var address = ResourceAddress.FromPath(Uri.UnescapeDataString(request.RequestUri!.AbsolutePath));
        return Auth.Verify(token.Signature, request.Method.Method, address, date);
    }
}
