using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Geode.Router.Edge;

/// <summary>A response that is kept. Immutable, but for when it was last used.</summary>
/// <param name="Stored">Since the start of the router.</param>
/// <param name="InitialAge">Age it had already when it came.</param>
internal sealed record CachedResponse(
    int Status, KeyValuePair<string, StringValues>[] Headers, ReadOnlyMemory<byte> Body,
    Freshness Freshness, TimeSpan Stored, TimeSpan InitialAge, string[] Tags)
{
    public TimeSpan Age(TimeSpan now) => now - Stored + InitialAge;

    public bool IsFresh(TimeSpan now) => Age(now) < Freshness.Fresh;

    public bool MayServeWhileRevalidating(TimeSpan now) => Age(now) < Freshness.Fresh + Freshness.WhileRevalidate;

    public bool MayServeOnError(TimeSpan now) => Age(now) < Freshness.Fresh + Freshness.IfError;

    public string? ETag => Header(HeaderNames.ETag);

    public string? LastModified => Header(HeaderNames.LastModified);

    public long Bytes => Body.Length + Headers.Sum(h => 2L * (h.Key.Length + h.Value.ToString().Length) + 48) + 200;

    /// <param name="how"><c>hit</c> or <c>stale</c>.</param>
    public async Task WriteAsync(HttpContext context, string how, TimeSpan now)
    {
        var response = context.Response;
        foreach (var (name, value) in Headers)
            response.Headers[name] = value;
        response.Headers.Age = ((long)Math.Max(0, Age(now).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        response.Headers[GeodeHeaders.Cache] = how;
        if (Conditions.NotModified(context.Request, this))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.Headers.ContentLength = null;
            return;
        }

        response.StatusCode = Status;
        if (Status != StatusCodes.Status204NoContent)
            response.ContentLength = Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method) && Body.Length > 0)
            await response.Body.WriteAsync(Body, context.RequestAborted);
    }

    private string? Header(string name)
    {
        foreach (var (key, value) in Headers)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value.ToString();
        }

        return null;
    }
}
