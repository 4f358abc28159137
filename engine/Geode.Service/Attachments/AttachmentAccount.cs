using System.Data.Common;
using Geode.Topology;

namespace Geode.Service.Attachments;

/// <summary>Where a region's attachments are, and their copy in its pair.</summary>
/// <param name="Primary">The region's own account.</param>
/// <param name="Secondary">The copy, which can only be read.</param>
/// <param name="Name">The account's name, as requests are signed; null: Azure identity.</param>
/// <param name="Key">Likewise its key.</param>
internal sealed record AttachmentAccount(Uri Primary, Uri Secondary, string? Name, string? Key)
{
    /// <summary>Accepts a connection string of Azure Storage with both endpoints, or an endpoint alone.</summary>
    /// <param name="text">One of these.</param>
    /// <param name="variable">Where it comes from.</param>
    /// <exception cref="PlanetException">Missing or malformed; the value itself is not repeated, since it holds a key.</exception>
    public static AttachmentAccount Parse(string? text, string variable)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw Invalid(variable, "is not set");
        if (Uri.TryCreate(text, UriKind.Absolute, out var alone) && alone.Scheme == Uri.UriSchemeHttps)
            return new(alone, SecondaryOf(alone), null, null);
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            throw Invalid(variable, "is not a connection string");
        }

        return new(Endpoint("BlobEndpoint"), Endpoint("BlobSecondaryEndpoint"), Text("AccountName"), Text("AccountKey"));

        Uri Endpoint(string name) => Uri.TryCreate(Text(name), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw Invalid(variable, $"has no {name} with an http or https address");

        string Text(string name) => parts.TryGetValue(name, out var value) && value is string { Length: > 0 } given ? given : throw Invalid(variable, $"has no {name}");
    }

    // As Azure names it: https://ACCOUNT-secondary.blob.core.windows.net.
    private static Uri SecondaryOf(Uri primary)
    {
        var host = primary.Host.Split('.', 2);
        return new UriBuilder(primary) { Host = $"{host[0]}{PlanetPairs.Secondary}{(host.Length > 1 ? "." + host[1] : "")}" }.Uri;
    }

    private static PlanetException Invalid(string variable, string what) => new(
        $"{variable} {what}; allowed: 'BlobEndpoint=…;BlobSecondaryEndpoint=…;AccountName=…;AccountKey=…', or 'https://ACCOUNT.blob.core.windows.net' alone for Azure identity.");
}
