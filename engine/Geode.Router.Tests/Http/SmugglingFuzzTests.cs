using System.Globalization;
using System.Text;
using Geode.Router.Tests.Support;
using Geode.TestKit.Http;

namespace Geode.Router.Tests.Http;

/// <summary>Random bytes that are almost requests, and carry others inside. Whatever they are, the origin gets exactly those requests to which the client
/// gets an answer of the origin's, in that order, and no other; where the end of the connection has taken answers with it, at least those. <c>GEODE_FUZZ_RUNS</c> says how many, <c>GEODE_FUZZ_SEED</c> which.</summary>
public sealed class SmugglingFuzzTests
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "HEAD", "OPTIONS", "DELETE", "get", "PRI", "P"];
    private static readonly string[] Versions = ["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "http/1.1"];
    private static readonly string[] Ends = ["\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r", "\r\r\n", "\r\n "];

    private static readonly string[] Fields =
    [
        "Content-Length: {0}", "Content-Length: {0}", "Content-Length: +{0}", "Content-Length: 0{0}", "Content-Length: {0}, {0}", "Content-Length : {0}", "Content-Length: 0x{0}",
        "Content-Length:\t{0}\t", "content-length: {0}\x0b", "Content-Length: 0", "Content-Length: 3", "X-Content-Length: 4",
        "Transfer-Encoding: chunked", "Transfer-Encoding: chunked", "transfer-encoding:chunked", "Transfer-Encoding: Chunked", "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity, chunked", "Transfer-Encoding : chunked", "Transfer-Encoding: \x0bchunked", "Transfer-Encoding: \"chunked\"", "Transfer-Encoding:", "Transfer-Encoding\t: chunked",
        " Transfer-Encoding: chunked", "X: y\r\n Transfer-Encoding: chunked", "X: y\nTransfer-Encoding: chunked", "X: y\rContent-Length: 9", "Transfer_Encoding: chunked",
        "Connection: Content-Length", "Connection: Transfer-Encoding", "Connection: close, Content-Length", "Connection: Host", "Connection: Upgrade\r\nUpgrade: websocket", "Upgrade: h2c",
        "Expect: 100-continue", "TE: trailers", "Trailer: Content-Length", "Host: evil", "A(: b", "Cookie: a", "Content-Type: x",
    ];

    private readonly Random _random;
    private readonly int _runs;
    private readonly int _seed;

    public SmugglingFuzzTests()
    {
        _runs = Setting("GEODE_FUZZ_RUNS", 300);
        _seed = Setting("GEODE_FUZZ_SEED", 1);
        _random = new Random(_seed);
    }

    [Fact]
    public async Task Nothing_reaches_an_origin_that_the_client_was_not_answered_for()
    {
        await using var origin = new StrictOrigin();
        await using var router = await TestRouter.StartAsync([origin.Address], TestRouter.NoProbes, "Limits:HeadersTimeoutMs=1000", "Limits:BodyGraceMs=1100", "Limits:MinBodyBytesPerSecond=100000");
        // Headers, not a body: HEAD is answered too.
        origin.Answers(request => $"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Was: {request.Method} {request.Target}\r\n\r\n");
        var conversations = Enumerable.Range(0, _runs).Select(Conversation).ToArray();
        var heard = new (List<RawAnswer> Answers, bool WasReset)[_runs];
        // Together, as many of them end with the router's patience.
        await Parallel.ForAsync(0, _runs, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (run, _) => heard[run] = await AnswersAsync(router.Address.Port, conversations[run]));

        Assert.True(origin.Offences.IsEmpty, string.Join("; ", origin.Offences));
        var served = 0;
        for (var run = 0; run < _runs; run++)
        {
            var (answers, wasReset) = heard[run];
            var answered = answers.Select(a => a["X-Was"]).OfType<string>().ToArray();
            var received = origin.Received.Where(r => r.Target.Contains($"-{run}.", StringComparison.Ordinal)).Select(r => $"{r.Method} {r.Target}").ToArray();
            var shown = $"run {run}, seed {_seed}: {conversations[run].Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}";
            Assert.True(answered.SequenceEqual(wasReset ? received.Take(answered.Length) : received), $"received {string.Join(", ", received)}; answered {string.Join(", ", answered)} in {shown}");
            served += wasReset ? 0 : answered.Length;
        }

        // Not all of it was refused: else this would show nothing.
        Assert.True(served > _runs / 10, $"Only {served} were served.");
    }

    private static async Task<(List<RawAnswer> Answers, bool WasReset)> AnswersAsync(int port, string bytes)
    {
        using var client = await RawConnection.OpenAsync(port);
        await client.SayAsync(bytes);
        var answers = new List<RawAnswer>();
        // Answers of the origin have no body, and a refusal is the last one.
        while (await client.HearAsync(toHead: true) is { } answer)
        {
            if (answer.Status == 100)
                continue;
            answers.Add(answer);
            if (answer["X-Was"] is null)
                await client.HearRestAsync();
        }

        return (answers, client.WasReset);
    }

    private string Conversation(int run) =>
        string.Concat(Enumerable.Range(0, _random.Next(1, 4)).Select(number => Request($"/-{run}.{number}"))) + $"GET /last-{run}. HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private string Request(string target)
    {
        var inside = $"GET /inside{target} HTTP/1.1\r\nHost: x\r\n\r\n";
        var body = _random.Next(5) switch
        {
            0 => "",
            1 => inside,
            2 => $"{inside.Length:x}{Pick(["", ";a", ";a=\"b\"", " ", ";\n", "\n"])}{Pick(Ends)}{inside}{Pick(Ends)}0{Pick(Ends)}{Pick(Ends)}",
            3 => "0\r\n\r\n" + inside,
            _ => "3\r\nabc\r\n0\r\n" + Pick(["", "Content-Length: 5\r\n", "A: b\n"]) + "\r\n",
        };
        var head = new StringBuilder().Append(Pick(Methods)).Append(Pick([" ", " ", " ", "  ", "\t"])).Append(target).Append(' ').Append(Pick(Versions)).Append(_random.Next(20) == 0 ? Pick(Ends) : "\r\n")
            .Append("Host: x\r\n");
        for (var i = _random.Next(4); i > 0; i--)
            head.AppendFormat(CultureInfo.InvariantCulture, Pick(Fields), body.Length).Append(_random.Next(6) == 0 ? Pick(Ends) : "\r\n");
        return head.Append("\r\n").Append(body).ToString();
    }

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
