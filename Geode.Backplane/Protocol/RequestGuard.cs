using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Protocol;

/// <summary>Lets requests with a valid signature through.</summary>
public sealed class RequestGuard(MasterKeyAuth auth, TimeProvider time)
{
    /// <exception cref="ProtocolException">401: no, malformed or wrong signature; 403: a date more than 15 minutes off.</exception>
    public void Check(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ Length: > 0 } header, ..])
            throw new ProtocolException(401, "Required Header authorization is missing. Ensure a valid Authorization token is passed.", SubStatus.MissingAuthHeader);
        if (!AuthorizationToken.TryParse(header, out var token))
            throw new ProtocolException(401, "The authorization header is malformed: type=master&ver=1.0&sig=… (URL-encoded) is expected.", SubStatus.InvalidAuthHeaderFormat);
        if (token.Type != AuthorizationTokenType.Master)
            throw new ProtocolException(401, "Only tokens of type 'master' are accepted here.", SubStatus.AadAuthDisabled);
        var xDate = (string?)request.Headers[CosmosHeaders.XDate];
        var date = (string?)request.Headers.Date;
        if (RequestDate.IsCurrent(xDate ?? date, time.GetUtcNow()) is not { } current)
            throw new ProtocolException(401, "The request has no x-ms-date in RFC 1123 form.", SubStatus.InvalidAuthHeaderFormat);
        if (!Verify(request, request.Path.Value, token.Signature, xDate, date))
            throw new ProtocolException(401, "The input authorization token can't serve the request. The wrong key is being used or the expected payload is not built as per the protocol.");
        if (!current)
            throw new ProtocolException(403, $"The authorization token is not valid at the current time. Dates may differ by {RequestDate.AllowedSkew.TotalMinutes} minutes.");
    }

    // Clients decode the path before they sign it, also what in a name only looks encoded.
    private bool Verify(HttpRequest request, string? path, string signature, string? xDate, string? date) =>
        auth.Verify(signature, request.Method, ResourceAddress.FromPath(path), xDate, date)
        || (path?.Contains('%') == true && auth.Verify(signature, request.Method, ResourceAddress.FromPath(Uri.UnescapeDataString(path)), xDate, date));
}
