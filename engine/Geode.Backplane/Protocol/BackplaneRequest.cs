using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Geode.Backplane.Protocol.Access;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Protocol.Codecs.Binary;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol;

/// <summary>One request to one region, and the ways to answer it.</summary>
public sealed class BackplaneRequest(HttpContext http, RegionNode node, ResourcePath path, Caller caller)
{
    /// <summary>The largest body taken: an item's 2 MB, or a batch of them.</summary>
    private const int LargestBody = 4 << 20;

    /// <summary>What the server holds of a body at once without asking its client to wait.</summary>
    private const int SmallBody = 64 << 10;

    private readonly long _started = Stopwatch.GetTimestamp();

    // The container whose throughput this request spends; null when none is enforced.
    private Container? _charged;

    public HttpContext Http => http;

    public RegionNode Node => node;

    public ResourcePath Path => path;

    /// <summary>Who asks; may do what was asked so far.</summary>
    public Caller Caller => caller;

    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>A request header, or null when it is absent or empty.</summary>
    public string? Header(string name) => http.Request.Headers.TryGetValue(name, out var values) && values.Count > 0 && values[0] is { Length: > 0 } value ? value : null;

    /// <exception cref="ProtocolException">400: the header is neither true nor false.</exception>
    public bool Flag(string name)
    {
        if (Header(name) is not { } value)
            return false;
        if (value.Equals("true", StringComparison.OrdinalIgnoreCase))
            return true;
        return value.Equals("false", StringComparison.OrdinalIgnoreCase)
            ? false
            : throw ProtocolException.BadRequest($"The value '{value}' of the header {name} is neither True nor False.");
    }

    /// <summary>Whether a resource is the version that the request is for, if it says which.</summary>
    /// <exception cref="ProtocolException">412: it is another one.</exception>
    public void RequireMatch(string etag)
    {
        if (Header(CosmosHeaders.IfMatch) is { } wanted && !EntityTag.Matches(wanted, etag))
            throw ProtocolException.PreconditionFailed();
    }

    /// <summary>The container of the path.</summary>
    /// <exception cref="ProtocolException">404: no such database or container; 400/1024: another one of that name was meant; 429: its throughput is used up.</exception>
    public Container FindContainer()
    {
        if (path.Names.Length < 2 || path.Types[0] != "dbs" || path.Types[1] != "colls")
            throw ProtocolException.BadRequest($"The path '{http.Request.Path}' names no container: /dbs/…/colls/… is expected.");
        var container = node.Catalog.FindContainer(path.Database, path.Container)
            ?? throw ProtocolException.NotFound($"No container '{path.Container}' in database '{path.Database}'.");
        if (Header(CosmosHeaders.IntendedCollectionRid) is { } intended)
            EncryptionRules.CheckIntended(container, intended);
        if (node.Budgets is { } budgets && path.Type == "docs")
        {
            budgets.Admit(node.Catalog, container);
            _charged = container;
        }

        return container;
    }

    /// <summary>The page size asked for, or the default; -1 leaves it to the server.</summary>
    public int PageSize(int byDefault)
    {
        if (Header(CosmosHeaders.MaxItemCount) is not { } text)
            return byDefault;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size) || size is 0 or < -1)
            throw ProtocolException.BadRequest($"x-ms-max-item-count must be a positive number or -1, not '{text}'.");
        return size == -1 ? byDefault : Math.Min(size, 10_000);
    }

    /// <summary>Where the page before ended; null for a first page.</summary>
    /// <exception cref="Query.Execution.QueryException">The continuation is not one of ours.</exception>
    public QueryContinuation? Continuation() =>
        Header(CosmosHeaders.Continuation) is { } text ? QueryContinuation.Parse(text) : null;

    /// <summary>The whole body, as text when it is JSON.</summary>
    /// <exception cref="ProtocolException">413: over the limit; 400: compressed.</exception>
    /// <exception cref="FormatException">It is malformed binary JSON.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(int limit = LargestBody)
    {
        if (http.Request.ContentLength > limit)
            throw TooLarge(limit);
        RefuseEncoded();
        var buffer = new ArrayBufferWriter<byte>((int)(http.Request.ContentLength ?? 1024) + 1);
        while (true)
        {
            var read = await http.Request.Body.ReadAsync(buffer.GetMemory(1), Aborted);
            if (read == 0)
                return BodyFormat.AsText(buffer.WrittenMemory, limit);
            buffer.Advance(read);
            if (buffer.WrittenCount > limit)
                throw TooLarge(limit);
        }
    }

    /// <summary>The whole body, as text when it is JSON, in a buffer that is not its own for long.</summary>
    /// <exception cref="ProtocolException">413: over the limit; 400: compressed.</exception>
    /// <exception cref="FormatException">It is malformed binary JSON.</exception>
    public async ValueTask<RentedBody> RentBodyAsync(int limit)
    {
        if (http.Request.ContentLength is not { } expected)
            return new RentedBody(await ReadBodyAsync(limit));
        if (expected > limit)
            throw TooLarge(limit);
        RefuseEncoded();
        var buffer = ArrayPool<byte>.Shared.Rent((int)expected);
        var body = buffer.AsMemory(0, (int)expected);
        try
        {
            if (expected <= SmallBody)
                await ReadSmallAsync(body);
            else
                await http.Request.Body.ReadExactlyAsync(body, Aborted);
            return new RentedBody(BodyFormat.AsText(body, limit), buffer);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    // Mostly the whole body came with the headers, and is copied from where the server has it.
    private async ValueTask ReadSmallAsync(Memory<byte> body)
    {
        var reader = http.Request.BodyReader;
        var read = await reader.ReadAtLeastAsync(body.Length, Aborted);
        if (read.Buffer.Length < body.Length)
            throw new BadHttpRequestException("The request's body ends before its Content-Length.");
        read.Buffer.Slice(0, body.Length).CopyTo(body.Span);
        reader.AdvanceTo(read.Buffer.GetPosition(body.Length));
    }

    /// <summary>Sets the headers every answer about a partition carries.</summary>
    public void DescribePartition(Partition partition)
    {
        var headers = http.Response.Headers;
        headers[CosmosHeaders.SessionToken] = Sessions.TokenOf(node, partition);
        headers[CosmosHeaders.PartitionKeyRangeId] = partition.Id;
        headers[CosmosHeaders.PhysicalPartitionId] = partition.Id;
        headers[CosmosHeaders.NumberOfReadRegions] = node.Membership.OtherRegions;
        headers[CosmosHeaders.Lsn] = partition.Lsn.ToString(CultureInfo.InvariantCulture);
        if (path.Type == "docs")
            QuotaHeaders.Describe(this, partition);
    }

    public void Charge(double requestUnits)
    {
        if (_charged is not null)
            node.Budgets!.Spend(node.Catalog, _charged, requestUnits);
        http.Response.Headers[CosmosHeaders.RequestCharge] = Math.Round(requestUnits, 2).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Answers without a body.</summary>
    public void Answer(int status, string? etag = null)
    {
        http.Response.StatusCode = status;
        http.Response.Headers[CosmosHeaders.RequestDurationMs] = Stopwatch.GetElapsedTime(_started).TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture);
        if (etag is not null)
            http.Response.Headers.ETag = etag;
    }

    public Task AnswerAsync(int status, ReadOnlyMemory<byte> json, string? etag = null)
    {
        Answer(status, etag);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        return http.Response.Body.WriteAsync(json, Aborted).AsTask();
    }

    public Task AnswerAsync(int status, string json, string? etag = null) => AnswerAsync(status, Encoding.UTF8.GetBytes(json), etag);

    /// <summary>Answers with one item, in the form that the client wants.</summary>
    public Task AnswerItemAsync(int status, ReadOnlyMemory<byte> json, string? etag) =>
        AnswerAsync(status, BodyFormat.IsBinaryForItems(this) ? BinaryJson.FromText(json.Span) : json, etag);

    /// <summary>Answers with a page of rows, in the form that the client wants.</summary>
    public Task AnswerPageAsync(ReadOnlyMemory<byte> json, string? etag = null) =>
        AnswerAsync(200, BodyFormat.IsBinaryForPages(this) ? BinaryJson.FromText(json.Span) : json, etag);

    /// <summary>Answers with a feed: <c>{"_rid":…,"{name}":[…],"_count":n}</c>.</summary>
    /// <param name="items">UTF-8 JSON each.</param>
    public Task AnswerFeedAsync(string rid, string name, IReadOnlyList<ReadOnlyMemory<byte>> items, string? etag = null)
    {
        var body = new ArrayBufferWriter<byte>(items.Sum(i => i.Length + 1) + 64);
        body.Write(Encoding.UTF8.GetBytes($"{{\"_rid\":\"{rid}\",\"{name}\":["));
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                body.Write(","u8);
            body.Write(items[i].Span);
        }

        body.Write(Encoding.UTF8.GetBytes($"],\"_count\":{items.Count.ToString(CultureInfo.InvariantCulture)}}}"));
        http.Response.Headers[CosmosHeaders.ItemCount] = items.Count.ToString(CultureInfo.InvariantCulture);
        return path.Type == "docs" ? AnswerPageAsync(body.WrittenMemory, etag) : AnswerAsync(200, body.WrittenMemory, etag);
    }

    private void RefuseEncoded()
    {
        if (http.Request.Headers.ContentEncoding is { Count: > 0 } encoding && !"identity".Equals(encoding, StringComparison.OrdinalIgnoreCase))
            throw ProtocolException.BadRequest($"The Content-Encoding '{encoding}' is not supported: send the body as it is.");
    }

    private static ProtocolException TooLarge(int limit) => new(413, $"Request size is too large: at most {limit} bytes are taken.");
}
