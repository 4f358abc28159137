using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Protocol;

/// <summary>Lets requests with a valid signature through.</summary>
public sealed class RequestGuard(MasterKeyAuth auth, TimeProvider time)
{
    // A client signs all that it sends to one path within a second alike: a signature that was right is known again.
    private readonly Signed?[] _valid = new Signed?[64];

    /// <exception cref="ProtocolException">401: no, malformed or wrong signature; 403: a date more than 15 minutes off.</exception>
    public void Check(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ Length: > 0 } header, ..])
            throw new ProtocolException(401, "Required Header authorization is missing. Ensure a valid Authorization token is passed.", SubStatus.MissingAuthHeader);
        var signed = new Signed(header, request.Method, RequestAddress.Of(request), request.Headers[CosmosHeaders.XDate], request.Headers.Date);
        ref var known = ref _valid[(uint)header.GetHashCode() % _valid.Length];
        var isCurrent = signed.Equals(known) ? IsCurrent(signed) : Verify(signed);
        if (!isCurrent)
            throw new ProtocolException(403, $"The authorization token is not valid at the current time. Dates may differ by {RequestDate.AllowedSkew.TotalMinutes} minutes.");
        known = signed;
    }

    private bool Verify(Signed signed)
    {
        if (!AuthorizationToken.TryParse(signed.Header, out var token))
            throw new ProtocolException(401, "The authorization header is malformed: type=master&ver=1.0&sig=… (URL-encoded) is expected.", SubStatus.InvalidAuthHeaderFormat);
        if (token.Type != AuthorizationTokenType.Master)
            throw new ProtocolException(401, "Only tokens of type 'master' are accepted here.", SubStatus.AadAuthDisabled);
        var isCurrent = IsCurrent(signed);
        if (!auth.Verify(token.Signature, signed.Method, ResourceAddress.FromPath(signed.Path), signed.XDate, signed.Date))
            throw new ProtocolException(401, "The input authorization token can't serve the request. The wrong key is being used or the expected payload is not built as per the protocol.");
        return isCurrent;
    }

    private bool IsCurrent(Signed signed) => RequestDate.IsCurrent(signed.XDate ?? signed.Date, time.GetUtcNow())
        ?? throw new ProtocolException(401, "The request has no x-ms-date in RFC 1123 form.", SubStatus.InvalidAuthHeaderFormat);

    /// <summary>A signature and all that it is over.</summary>
    private sealed record Signed(string Header, string Method, string? Path, string? XDate, string? Date);
}
