using System.Net;
using System.Text;
using Geode.Backplane.Hosting;
using Geode.Backplane.Protocol.Access;
using Geode.Backplane.Tests.Sdk;
using Geode.Topology;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Configuration;

namespace Geode.Backplane.Tests.Access;

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

    [Theory]
    [InlineData("--key", "no base64!")]
    [InlineData("--secondary-key", "no base64!")]
    [InlineData("--read-only-key", "=")]
    [InlineData("--secondary-read-only-key", "*")]
    public void A_key_is_base64(string option, string key)
    {
        var failure = Assert.Throws<PlanetException>(() => Options(option, key));
        Assert.Contains($"{option}: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_is_for_one_thing()
    {
        var failure = Assert.Throws<PlanetException>(() => Options("--key", Key("same"), "--read-only-key", Key("same")));
        Assert.Contains("--key and --read-only-key are the same key", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key("same"), failure.Message, StringComparison.Ordinal);
        Assert.Throws<PlanetException>(() => Options("--read-only-key", PlanetEnvironment.EmulatorKey));
    }

    [Fact]
    public void Entra_tokens_are_off_unless_asked_for()
    {
        Assert.Null(Options().EntraRoles);
        Assert.Null(Options("--entra", "false").EntraRoles);
        Assert.Same(DataRoles.Open, Options("--entra", "true").EntraRoles);
        Assert.Contains("--entra: 'maybe'", Assert.Throws<PlanetException>(() => Options("--entra", "maybe")).Message, StringComparison.Ordinal);
        Assert.Contains("--entra-roles: ", Assert.Throws<PlanetException>(() => Options("--entra-roles", "/nowhere/roles.json")).Message, StringComparison.Ordinal);
    }

    private static BackplaneOptions Options(params string[] arguments) => BackplaneOptions.Read(
        new ConfigurationBuilder().AddCommandLine(["--urls", "http://127.0.0.1:8081", .. arguments], BackplaneOptions.Switches.ToDictionary()).Build());

    private static string Signature(string token) => token["type=resource&ver=1.0&sig=".Length..];

    private static string Key(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
