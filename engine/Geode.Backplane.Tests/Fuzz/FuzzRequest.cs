using System.Text;

namespace Geode.Backplane.Tests.Fuzz;

/// <summary>A request that a client could have sent, and what chance makes of it.</summary>
internal sealed record FuzzRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];
    private static readonly string[] Segments = ["dbs", "colls", "docs", "pkranges", "sprocs", "triggers", "udfs", "conflicts", "offers", "operations", "partitionkeydelete", "users", "permissions", "clientencryptionkeys", "addresses", "fuzz", "u", "k", "c", "a", "%25", "ÄÖ", "AQAAAA==", "gAABAIAAAAE="];
    private static readonly string[] Values =
    [
        "", "*", "-1", "0", "1", "99999999999999999999", "true", "True", "null", "[]", "[{}]", "[\"k1\"]", "[\"k1\",2]", "[1e999]", "{\"a\":", "\"\"", "FF", "05C1", "zz", "0:1#5#1=2", "1#x",
        "Incremental Feed", "Full-Fidelity Feed", "{\"maxThroughput\":1}", "\"\\ud800\"", "Thu, 01 Jan 1970 00:00:00 GMT", "ünïcödé",
    ];

    private static readonly string[] Names =
    [
        "x-ms-documentdb-partitionkey", "x-ms-documentdb-partitionkeyrangeid", "x-ms-documentdb-isquery", "x-ms-cosmos-is-query-plan-request", "x-ms-cosmos-is-batch-request",
        "x-ms-cosmos-batch-atomic", "x-ms-documentdb-is-upsert", "x-ms-continuation", "x-ms-max-item-count", "x-ms-session-token", "x-ms-start-epk", "x-ms-end-epk", "A-IM", "If-Match",
        "If-None-Match", "If-Modified-Since", "x-ms-offer-throughput", "x-ms-cosmos-offer-autopilot-settings", "x-ms-cosmos-supported-query-features", "x-ms-consistency-level", "Prefer",
        "x-ms-documentdb-pre-trigger-include", "x-ms-cosmos-changefeed-wire-format-version", "x-ms-documentdb-expiry-seconds", "x-ms-cosmos-intended-collection-rid",
    ];

    public FuzzRequest Mutate(Random random)
    {
        var request = this;
        for (var steps = random.Next(1, 5); steps > 0; steps--)
        {
            request = random.Next(8) switch
            {
                0 => request with { Method = Pick(random, Methods) },
                1 => request with { Path = MutatePath(random, request.Path) },
                2 or 3 => request with { Headers = MutateHeaders(random, request.Headers) },
                _ => request with { Body = MutateBody(random, request.Body) },
            };
        }

        return request;
    }

    private static string MutatePath(Random random, string path)
    {
        var segments = path.Trim('/').Split('/').ToList();
        var at = random.Next(segments.Count);
        switch (random.Next(4))
        {
            case 0:
                segments.RemoveAt(at);
                break;
            case 1:
                segments.Insert(at, Pick(random, Segments));
                break;
            case 2:
                segments[at] = Pick(random, Segments);
                break;
            default:
                segments.Add(Pick(random, Segments));
                break;
        }

        return "/" + string.Join('/', segments);
    }

    private static Dictionary<string, string> MutateHeaders(Random random, IReadOnlyDictionary<string, string> headers)
    {
        var changed = headers.ToDictionary();
        if (changed.Count > 0 && random.Next(3) == 0)
            changed.Remove(changed.Keys.ElementAt(random.Next(changed.Count)));
        else if (changed.Count > 0 && random.Next(2) == 0)
            changed[changed.Keys.ElementAt(random.Next(changed.Count))] = Pick(random, Values);
        else
            changed[Pick(random, Names)] = Pick(random, Values);
        return changed;
    }

    private static byte[] MutateBody(Random random, byte[] body)
    {
        if (body.Length == 0)
            return Encoding.UTF8.GetBytes(Pick(random, Values));
        var at = random.Next(body.Length);
        var length = random.Next(1, Math.Min(16, body.Length - at) + 1);
        switch (random.Next(6))
        {
            case 0:
                return body[..at];
            case 1:
                return [.. body[..at], .. body[(at + length)..]];
            case 2:
                return [.. body[..(at + length)], .. body[at..]];
            case 3:
                return [.. body[..at], .. Encoding.UTF8.GetBytes(Pick(random, Values)), .. body[at..]];
            default:
                var changed = (byte[])body.Clone();
                changed[at] = (byte)random.Next(256);
                return changed;
        }
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
