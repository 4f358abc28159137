using System.Data.Common;
using Geode.Topology;

namespace Geode.Service.Backplane;

/// <summary>Where the backplane's account is and how to be let in.</summary>
/// <param name="Key">Null: Azure identity.</param>
public sealed record BackplaneConnection(Uri Endpoint, string? Key)
{
    /// <summary>Plain HTTP is spoken by the local backplane only; Cosmos DB has no such endpoint.</summary>
    public bool IsLocal => Endpoint.Scheme == Uri.UriSchemeHttp;

    /// <summary>Accepts <c>AccountEndpoint=…;AccountKey=…</c>, <c>AccountEndpoint=…</c> alone, or just the endpoint.</summary>
    /// <exception cref="PlanetException">Missing or malformed; the value itself is not repeated, since it holds a key.</exception>
    /// <param name="connectionString">One of these.</param>
    /// <param name="variable">Where it comes from.</param>
    public static BackplaneConnection Parse(string? connectionString, string variable = PlanetEnvironment.Backplane)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            throw Invalid(variable, "is not set");
        if (Uri.TryCreate(connectionString, UriKind.Absolute, out var alone) && alone.Scheme is "http" or "https")
            return new(alone, null);

        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = connectionString;
        }
        catch (ArgumentException)
        {
            throw Invalid(variable, "is not a connection string");
        }

        if (!parts.TryGetValue("AccountEndpoint", out var value)
            || !Uri.TryCreate(value as string, UriKind.Absolute, out var endpoint)
            || endpoint.Scheme is not ("http" or "https"))
        {
            throw Invalid(variable, "has no AccountEndpoint with an http or https address");
        }

        return new(endpoint, parts.TryGetValue("AccountKey", out var key) && key is string { Length: > 0 } text ? text : null);
    }

    private static PlanetException Invalid(string variable, string what) => new(
        $"{variable} {what}; allowed: 'AccountEndpoint=https://…/;AccountKey=…;', or an endpoint alone for Azure identity.");
}
