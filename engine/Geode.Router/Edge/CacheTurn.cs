using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Geode.Router.Edge;

/// <summary>One request that may be answered from the cache, or fill it, on its way through an origin.</summary>
/// <param name="address">Key without a variant.</param>
/// <param name="kept">What is kept already and is not fresh any more.</param>
/// <param name="flight">Who waits for it; null: nobody.</param>
internal sealed class CacheTurn(EdgeCache cache, CacheKey address, CachedResponse? kept, Flight? flight)
{
    /// <summary>When it began: what is purged while it is under way must not come back with it.</summary>
    private readonly TimeSpan _began = cache.Now;

    private CaptureStream? _capture;
    private CachedResponse? _draft;
    private string[] _variesBy = [];
    private bool _asked;

    /// <summary>Set: instead of an origin's answer, what is kept is served, as <c>hit</c> or <c>stale</c>.</summary>
    public string? ServeKeptAs { get; private set; }

    /// <summary>What is kept, as it is after this turn.</summary>
    public CachedResponse? Kept { get; private set; } = kept;

    /// <summary>Asks the origin only for what has changed. The client's own conditions are for the answer it gets in the end.</summary>
    public void Ask(HttpRequestMessage request)
    {
        if (Kept is not { } known || (known.ETag ?? known.LastModified) is null)
            return;
        _asked = true;
        request.Headers.Remove(HeaderNames.IfNoneMatch);
        request.Headers.Remove(HeaderNames.IfModifiedSince);
        if (known.ETag is { } tag)
            request.Headers.TryAddWithoutValidation(HeaderNames.IfNoneMatch, tag);
        else
            request.Headers.TryAddWithoutValidation(HeaderNames.IfModifiedSince, known.LastModified);
    }

    /// <summary>An origin has answered, and its headers are on the client's response already.</summary>
    /// <returns>Whether the answer is to be passed on.</returns>
    public bool Answered(HttpContext context, HttpResponseMessage answer)
    {
        if (_asked && answer.StatusCode == System.Net.HttpStatusCode.NotModified)
        {
            Refresh(context, answer);
            return false;
        }

        if ((int)answer.StatusCode >= 500 && ServeKeptOnError())
            return false;
        if (Freshness.Of(answer) is not { } freshness || answer.Content.Headers.ContentLength > cache.Options.MaxBodyBytes)
        {
            if ((int)answer.StatusCode < 500)
                cache.Pass(address);
            flight?.Land(FlightResult.NotShared);
            return true;
        }

        Capture(context, freshness);
        return true;
    }

    /// <summary>No origin has answered.</summary>
    /// <returns>Whether what is kept is served instead.</returns>
    public bool ServeKeptOnError()
    {
        if (Kept?.MayServeOnError(cache.Now) != true)
            return false;
        ServeKeptAs = "stale";
        return true;
    }

    /// <summary>The whole answer has been passed on, or not.</summary>
    public void Finish(HttpContext context, bool whole)
    {
        if (whole && _draft is not null && _capture?.Captured is { } body
            && (context.Response.ContentLength is not { } announced || announced == body.Length))
        {
            cache.Keep(address, _variesBy, context.Request, _draft with { Body = body });
            flight?.Land(FlightResult.Kept);
        }

        flight?.Land(ServeKeptAs == "hit" ? FlightResult.Kept : _capture is { Captured: null } ? FlightResult.NotShared : FlightResult.Failed);
    }

    private void Capture(HttpContext context, Freshness freshness)
    {
        var headers = context.Response.Headers;
        _variesBy = Names(headers.Vary);
        var tags = headers[GeodeHeaders.CacheTag].ToString().Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        // Tags are between the origin and the cache.
        headers.Remove(GeodeHeaders.CacheTag);
        _draft = new CachedResponse(context.Response.StatusCode, Keepable(headers), default, freshness, _began, AgeOf(headers.Age), tags);
        headers[GeodeHeaders.Cache] = "miss";
        _capture = new CaptureStream(context.Response.Body, cache.Options.MaxBodyBytes, flight, cache.Time);
        context.Response.Body = _capture;
    }

    private void Refresh(HttpContext context, HttpResponseMessage answer)
    {
        var headers = context.Response.Headers;
        var age = AgeOf(headers.Age);
        // A 304 says anew what it says, and leaves the rest as it was.
        var merged = Kept!.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Keepable(headers))
            merged[name] = value;
        answer.StatusCode = (System.Net.HttpStatusCode)Kept.Status;
        Kept = Kept with { Headers = [.. merged], Freshness = Freshness.Of(answer) ?? Kept.Freshness, Stored = _began, InitialAge = age };
        cache.Keep(address, Names(merged.GetValueOrDefault(HeaderNames.Vary)), context.Request, Kept);
        ServeKeptAs = "hit";
    }

    private static string[] Names(StringValues vary) =>
    [
        .. vary.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal),
    ];

    private static TimeSpan AgeOf(StringValues age) =>
        double.TryParse(age.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue))
            : TimeSpan.Zero;

    private static KeyValuePair<string, StringValues>[] Keepable(IHeaderDictionary headers) =>
    [
        .. headers.Where(h => !h.Key.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase)
            && !h.Key.Equals(HeaderNames.Age, StringComparison.OrdinalIgnoreCase)
            && !h.Key.Equals(GeodeHeaders.Attempts, StringComparison.OrdinalIgnoreCase)),
    ];
}
