using System.Security.Cryptography;
using System.Text;
using Geode.Router.Limits;

namespace Geode.Router.Admin;

/// <summary>Asks for the bearer token where one is configured. Health stays open, since orchestrators send no token.</summary>
internal sealed class AdminToken(string? token)
{
    private readonly byte[]? _expected = string.IsNullOrEmpty(token) ? null : SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + token));

    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (_expected is null || context.Request.Path.StartsWithSegments("/health"))
            return next(context);
        // Hashes have one length, so that the comparison tells nothing by its time.
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()));
        if (CryptographicOperations.FixedTimeEquals(given, _expected))
            return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Refusals.ProblemAsync(context, StatusCodes.Status401Unauthorized, "The admin listener asks for its bearer token.");
    }
}
