using System.Globalization;
using Geode.Runtime.Tenants;
using Geode.Service.Http;
using Geode.Service.Idempotency;
using Geode.Service.Identity;
using Geode.Service.Stamps;
using Geode.Topology;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Geode.Service.Attachments;

/// <summary>Attachments by HTTP.</summary>
internal static class AttachmentEndpoints
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const int RetryAfter = 1;
    private const string NewcomerScope = "newcomer";

    public static async Task<IResult> SaveAsync(HttpContext http, AttachmentStore store, string prefix)
    {
        var request = http.Request;
        if (request.ContentLength is not { } length)
            return Refused(StatusCodes.Status411LengthRequired, "Content-Length", "Required: the number of bytes.");
        if (length == 0)
            return Problems.Field("body", "An attachment has at least one byte.");
        if (length > store.MaxBytes)
            return Refused(StatusCodes.Status413PayloadTooLarge, "body", string.Create(CultureInfo.InvariantCulture, $"An attachment has at most {store.MaxBytes} bytes."));
        if (!AttachmentTypes.IsType(request.ContentType))
            return Problems.Field("Content-Type", $"Required: the type of the content, such as image/png, in at most {AttachmentTypes.Longest} characters.");
        // It would be in whatever stamp is nearest. Where the path tells tenants, this one tells none.
        if (http.RequestServices.GetService<StampPlace>() is { Tenants.By: not TenantSources.Path } && http.Tenant() is null)
            return Problems.Field("tenant", "The request names none, and on a planet with stamps an attachment has to be somebody's.");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = store.MaxBytes;
        // Sent again with its key it has the same name, and is one attachment.
        var name = IdempotencyKey.Read(request) is { } key ? NameBasedId.Create($"attachment\n{http.KnownVisitor()?.Id ?? NewcomerScope}\n{key}") : null;
        return await Available(http, async () => await store.SaveAsync(request.Body, request.ContentType!, name, http.RequestAborted) is { } id
            ? TypedResults.Created($"{prefix}/{id}", new AttachmentView(id.Region, id.Name, length, request.ContentType!))
            : Problems.NotMade(Outcome.KeyReused));
    }

    public static Task<IResult> ReadAsync(string region, string name, HttpContext http, AttachmentStore store) => Available(http, async () =>
    {
        var id = new AttachmentId(region, name);
        if (!store.HasRegion(region))
            return Elsewhere(http, region);
        // What is under a name never changes.
        var etag = new EntityTagHeaderValue($"\"{(AttachmentId.IsName(name) ? name : "")}\"");
        var isUnchanged = new RequestHeaders(http.Request.Headers).IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(etag, useStrongComparison: false));
        var isHead = isUnchanged || HttpMethods.IsHead(http.Request.Method);
        var part = isHead ? null : AttachmentRanges.Of(http.Request, etag);
        await using var found = isHead ? await store.DescribeAsync(id, http.RequestAborted) : await store.OpenAsync(id, part, http.RequestAborted);
        if (found is null)
            return Problems.NotFound("attachment", id.ToString());
        Describe(http.Response.Headers, found, etag);
        if (isUnchanged)
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        http.Response.ContentType = found.ContentType;
        http.Response.ContentLength = found.Bytes is null ? found.Length : found.Count;
        if (found.Bytes is null)
            return Results.Empty;
        if (part is not null)
        {
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            http.Response.Headers.ContentRange = new ContentRangeHeaderValue(found.Start, found.Start + found.Count - 1, found.Length).ToString();
        }

        await CopyAsync(found.Bytes, http);
        return Results.Empty;
    });

    public static Task<IResult> DeleteAsync(string region, string name, HttpContext http, AttachmentStore store) => Available(http, async () =>
        !store.HasRegion(region) ? Elsewhere(http, region)
        : await store.DeleteAsync(new(region, name), http.RequestAborted) ? TypedResults.NoContent() : Problems.NotFound("attachment", $"{region}/{name}"));

    // The region of another stamp, of which nothing is here, or none at all.
    private static ProblemHttpResult Elsewhere(HttpContext http, string region)
    {
        if (http.RequestServices.GetService<StampPlace>()?.Whole is not { } whole || whole.Find(region) is not { } other || whole.StampOf(other) is not { } stamp)
            return Problems.NotFound("region with attachments called", region);
        http.Response.Headers[TenantName.StampHeader] = stamp.Name;
        return Refused(StatusCodes.Status421MisdirectedRequest, null, $"Attachments of '{region}' are in stamp '{stamp.Name}'.");
    }

    private static void Describe(IHeaderDictionary headers, AttachmentContent found, EntityTagHeaderValue etag)
    {
        headers.CacheControl = Forever;
        headers.XContentTypeOptions = "nosniff";
        headers.AcceptRanges = "bytes";
        headers.ETag = etag.ToString();
        headers.LastModified = HeaderUtilities.FormatDate(found.Stored);
        if (!AttachmentTypes.IsShown(found.ContentType))
            headers.ContentDisposition = "attachment";
    }

    // Whoever is cut off in the middle must not take what came for all of it.
    private static async Task CopyAsync(Stream bytes, HttpContext http)
    {
        try
        {
            await bytes.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
        catch (Exception e) when (AttachmentSource.IsUnavailable(e) && http.Response.HasStarted)
        {
            http.Abort();
        }
    }

    private static async Task<IResult> Available(HttpContext http, Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (AttachmentUnavailableException e)
        {
            http.Response.Headers.RetryAfter = RetryAfter.ToString(CultureInfo.InvariantCulture);
            return Refused(StatusCodes.Status503ServiceUnavailable, null, e.Message);
        }
        catch (AttachmentRangeException e)
        {
            return Refused(StatusCodes.Status416RangeNotSatisfiable, "Range", e.Message);
        }
    }

    private static ProblemHttpResult Refused(int status, string? field, string detail) => TypedResults.Problem(Problems.Details(status, field, detail));
}

/// <summary>What was stored.</summary>
/// <param name="Length">Bytes.</param>
internal sealed record AttachmentView(string Region, string Name, long Length, string ContentType);
