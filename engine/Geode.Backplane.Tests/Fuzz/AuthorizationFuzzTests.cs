using System.Globalization;
using System.Net;
using System.Text;
using Geode.Backplane.Protocol.Access;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Protocol.Access;
using Geode.Backplane.Tests.Sdk;
using Geode.Topology;

namespace Geode.Backplane.Tests.Fuzz;

/// <summary>Credentials that are almost right: none opens anything, and none breaks the server.</summary>
public sealed class AuthorizationFuzzTests
{
    private const string Path = "/dbs/tests";
    private static readonly string[] Pieces =
    [
        "", " ", "&", "=", "%", "%00", "%zz", ";", ";;", ".", "..", "type=", "type=master", "type=resource", "type=aad", "type=system", "ver=", "ver=1.0", "ver=2", "sig=", "sig=AAAA", "master", "\\ud800",
        "AAAA", "e30", "W10", "bnVsbA", "%E2%82%AC", "+", "/", "-", "_", "Bearer ", ",", "ÿ", new string('A', 5000),
    ];

    [Fact]
    public async Task No_header_breaks_the_server_and_none_that_is_wrong_opens_it()
    {
        await using var server = await SdkServer.StartAsync("--entra", "--Logging:LogLevel:Default=None");
        using var http = new HttpClient();
        var random = new Random(FuzzRuns.Seed);
        var auth = new MasterKeyAuth(PlanetEnvironment.EmulatorKey);
        var grant = new ResourceGrant("dbs/tests/users/u/permissions/p", 1, 1, 1, 1, true, null, null, "[\"k\"]", 0, long.MaxValue >> 20);
        var token = new ResourceTokens(new AccountKeys(PlanetEnvironment.EmulatorKey)).Issue(grant);
        var statuses = new Dictionary<HttpStatusCode, int>();
        for (var i = 0; i < FuzzRuns.Count; i++)
        {
            var date = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture);
            var good = random.Next(3) switch
            {
                0 => $"type=master&ver=1.0&sig={auth.Sign("GET", ResourceAddress.FromPath(Path), date)}",
                1 => token,
                _ => $"type=aad&ver=1.0&sig={EntraToken.Part(Mutate(random, """{"alg":"RS256"}"""))}.{EntraToken.Part(Mutate(random, $$"""{"oid":"o","aud":"https://127.0.0.1","exp":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60}},"groups":["g"]}"""))}.c2ln",
            };
            var header = good;
            for (var steps = random.Next(1, 4); steps > 0; steps--)
                header = Mutate(random, header);
            using var message = new HttpRequestMessage(HttpMethod.Get, server.Endpoint + Path);
            message.Headers.TryAddWithoutValidation("x-ms-date", random.Next(8) == 0 ? Ascii(Mutate(random, date)) : date);
            var sent = random.Next(2) == 0 ? Uri.EscapeDataString(header) : Ascii(header);
            message.Headers.TryAddWithoutValidation("authorization", sent);
            using var answer = await http.SendAsync(message);
            Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode} to {header}: {await answer.Content.ReadAsStringAsync()}");
            // The token is for a container that is not there; whoever signs in is let in, and a signature may have come through unharmed.
            if (answer.IsSuccessStatusCode)
                Assert.True(AuthorizationToken.TryParse(sent, out var opened) && (opened.Type == AuthorizationTokenType.Aad || IsSigned(auth, opened, date)), sent);
            statuses[answer.StatusCode] = statuses.GetValueOrDefault(answer.StatusCode) + 1;
        }

        Assert.InRange(statuses.GetValueOrDefault(HttpStatusCode.Unauthorized), FuzzRuns.Count / 2, FuzzRuns.Count);
        Assert.Equal("tests", (await server.Database.ReadAsync()).Resource.Id);
    }

    private static string Ascii(string text) => new([.. text.Where(c => c is >= ' ' and < (char)127)]);

    private static bool IsSigned(MasterKeyAuth auth, AuthorizationToken token, string date) =>
        token.Type == AuthorizationTokenType.Master && auth.Verify(token.Signature, "GET", ResourceAddress.FromPath(Path), date);

    private static string Mutate(Random random, string text)
    {
        var at = random.Next(text.Length + 1);
        var to = Math.Min(text.Length, at + random.Next(6));
        return random.Next(5) switch
        {
            0 => text[..at] + Pieces[random.Next(Pieces.Length)] + text[at..],
            1 => text[..at] + text[to..],
            2 => text[..at] + Pieces[random.Next(Pieces.Length)] + text[to..],
            3 => text[..at],
            _ => new StringBuilder(text).Append(text.AsSpan(at)).ToString(),
        };
    }
}
