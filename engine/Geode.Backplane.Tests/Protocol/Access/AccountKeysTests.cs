using System.Net;
using System.Text;
using Geode.Backplane.Protocol.Access;
using Geode.Backplane.Tests.Sdk;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Protocol.Access;

public sealed class AccountKeysTests
{
    private static readonly ResourceGrant Grant = new("dbs/d/users/u/permissions/p", 1, 2, 3, 4, true, "docs", "a \"quoted\" ä", "[\"k\"]", 5, 6);

    [Fact]
    public async Task Keys_are_exchanged_one_after_the_other()
    {
        var (old, next) = (Key("old"), Key("next"));
        await using var server = await SdkServer.StartAsync("--secondary-key", old, "--read-only-key", next);
        foreach (var (key, writes) in ((string, bool)[])[(PlanetEnvironment.EmulatorKey, true), (old, true), (next, false)])
        {
            using var client = new CosmosClient(server.Endpoint, key, new() { ConnectionMode = ConnectionMode.Gateway });
            Assert.Equal("tests", (await client.GetDatabase("tests").ReadAsync()).Resource.Id);
            var created = await Record.ExceptionAsync(() => client.CreateDatabaseAsync(Guid.NewGuid().ToString()));
            Assert.Equal(writes, created is null);
            if (!writes)
                Assert.Contains("A read-only key does not allow WriteDatabase", created!.Message, StringComparison.Ordinal);
        }

        using var stranger = new CosmosClient(server.Endpoint, Key("nobody"), new() { ConnectionMode = ConnectionMode.Gateway });
        await stranger.GetDatabase("tests").ReadAsync().FailsAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public void A_token_outlives_the_exchange_of_the_key_it_was_signed_under()
    {
        var (old, next) = (Key("old"), Key("next"));
        var token = Signature(new ResourceTokens(new AccountKeys(old)).Issue(Grant));
        Assert.Equal(Grant, new ResourceTokens(new AccountKeys(next, old)).Read(token));
        Assert.Equal(Grant, new ResourceTokens(new AccountKeys(old, next)).Read(token));
        Assert.Null(new ResourceTokens(new AccountKeys(next)).Read(token));
        // What only reads signs nothing.
        Assert.Null(new ResourceTokens(new AccountKeys(next, readOnly: old)).Read(token));
    }

    private static string Signature(string token) => token["type=resource&ver=1.0&sig=".Length..];

    private static string Key(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
