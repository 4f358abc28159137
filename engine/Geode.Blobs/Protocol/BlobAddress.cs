using Microsoft.AspNetCore.Http.Features;

namespace Geode.Blobs.Protocol;

/// <summary>What a request is about, by its target: <c>/account/container/blob?comp=…</c>.</summary>
/// <param name="RawPath">As it was sent, which is what the client signed.</param>
/// <param name="Container">Null: the account.</param>
/// <param name="Blob">Null: the container or the account.</param>
public sealed record BlobAddress(string RawPath, string Account, string? Container, string? Blob)
{
    private const int LongestBlob = 1024;

    /// <summary>The account that a path names: its first segment.</summary>
    public static ReadOnlySpan<char> AccountOf(PathString path)
    {
        var text = path.Value.AsSpan();
        var rest = text.Length > 0 ? text[1..] : text;
        return rest.IndexOf('/') is var end and >= 0 ? rest[..end] : rest;
    }

    /// <exception cref="BlobException">400: no such container or blob can be.</exception>
    public static BlobAddress Of(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        // In absolute form, which proxies are sent.
        if (!target.StartsWith('/'))
            target = Uri.TryCreate(target, UriKind.Absolute, out var uri) ? uri.PathAndQuery : "/";
        var raw = target.IndexOf('?') is var query and >= 0 ? target[..query] : target;
        var segments = raw[1..].Split('/', 3);
        var container = segments.Length > 1 && segments[1].Length > 0 ? Uri.UnescapeDataString(segments[1]) : null;
        var blob = segments.Length > 2 && segments[2].Length > 0 ? Uri.UnescapeDataString(segments[2]) : null;
        if (container is not null && !IsContainer(container))
            throw new BlobException(400, "InvalidResourceName", $"'{container}' is no name of a container: 3 to 63 lower-case letters, digits and single hyphens, first and last a letter or digit.");
        if (blob is { Length: > LongestBlob } || (blob is not null && (blob.Any(char.IsControl) || !XmlText.IsIt(blob))))
            throw new BlobException(400, "InvalidResourceName", $"The name of a blob has 1 to {LongestBlob} characters, no control characters, and none that XML cannot have.");
        return new(raw, Uri.UnescapeDataString(segments[0]), container, blob);
    }

    private static bool IsContainer(string name) =>
        name.Length is >= 3 and <= 63 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal);
}
