using System.Globalization;
using Geode.Backplane.Protocol.Access;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Protocol;

/// <summary>Finds out who makes a request.</summary>
/// <param name="entra">From a Microsoft Entra token to who has it; null: they are not accepted.</param>
public sealed class RequestGuard(AccountKeys keys, TimeProvider time, Func<string, Caller>? entra = null)
{
    // A client signs all that it sends to one path within a second alike: a signature that was right is known again.
    private readonly Known?[] _valid = new Known?[64];
    private readonly ResourceTokens _tokens = new(keys);

    /// <exception cref="ProtocolException">401: no, malformed or wrong signature or token; 403: a date more than 15 minutes off.</exception>
    public Caller Check(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ Length: > 0 } header, ..])
            throw new ProtocolException(401, "Required Header authorization is missing. Ensure a valid Authorization token is passed.", SubStatus.MissingAuthHeader);
        var signed = new Signed(header, request.Method, RequestAddress.Of(request), request.Headers[CosmosHeaders.XDate], request.Headers.Date);
        ref var place = ref _valid[(uint)header.GetHashCode() % _valid.Length];
        var known = place;
        if (known is null || known.Signed.Header != header || !(known.IsBearer || known.Signed.Equals(signed)))
            known = Verify(signed);
        if (!known.IsBearer)
            CheckDate(signed);
        place = known;
        return known.Caller;
    }

    private Known Verify(Signed signed)
    {
        if (!AuthorizationToken.TryParse(signed.Header, out var token))
        {
            throw new ProtocolException(
                401,
                "Authorization header doesn't confirm to the required format. Please verify and try again. It is URL-encoded: type=T&ver=1.0&sig=S, where T is master, resource or aad.",
                SubStatus.InvalidAuthHeaderFormat);
        }

        return token.Type switch
        {
            AuthorizationTokenType.Master => new Known(signed, IsBearer: false, OfKey(signed, token.Signature)),
            AuthorizationTokenType.Resource => new Known(signed, IsBearer: true, OfGrant(token.Signature)),
            _ => new Known(signed, IsBearer: true, (entra ?? throw new ProtocolException(
                401,
                "Microsoft Entra tokens (type=aad) are not accepted by this account: use a key or a resource token, or start it with --entra.",
                SubStatus.AadAuthDisabled))(token.Signature)),
        };
    }

    private Caller OfKey(Signed signed, string signature)
    {
        // Who sent no date signed something else than what is checked here, and is not to look for a wrong key.
        DateOf(signed);
        var address = ResourceAddress.FromPath(signed.Path);
        return keys.Find(signature, signed.Method, address, signed.XDate, signed.Date) ?? throw new ProtocolException(
            401,
            "The input authorization token can't serve the request. The wrong key is being used or the expected payload is not built as per the protocol. "
            + $"Server used the following payload to sign: '{signed.Method.ToLowerInvariant()}\\n{address.Type}\\n{address.Link}\\n{signed.XDate?.ToLowerInvariant()}\\n{(string.IsNullOrEmpty(signed.XDate) ? signed.Date?.ToLowerInvariant() : "")}\\n'.");
    }

    private ResourceTokenCaller OfGrant(string signature) => new(_tokens.Read(signature) ?? throw new ProtocolException(
        401,
        "The resource token is none of this account's: it was cut, changed or issued under another key. Read the permission again for a new one."));

    private void CheckDate(Signed signed)
    {
        var now = time.GetUtcNow();
        if (RequestDate.IsCurrent(signed.Sent, now) is true)
            return;
        var sent = DateTimeOffset.ParseExact(DateOf(signed), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        throw new ProtocolException(
            403,
            $"The authorization token is not valid at the current time. Please create another token and retry (token start time: {sent:R}, token expiry time: {sent + RequestDate.AllowedSkew:R}, current server time: {now:R}). Dates may differ by {RequestDate.AllowedSkew.TotalMinutes} minutes.");
    }

    private string DateOf(Signed signed) => RequestDate.IsCurrent(signed.Sent, time.GetUtcNow()) is null
        ? throw new ProtocolException(
            401, $"Authorization token mandates Date headers. Please pass in RFC 1123 style date format: {CosmosHeaders.XDate} is '{signed.Sent}'.", SubStatus.InvalidAuthHeaderFormat)
        : signed.Sent!;

    /// <summary>A signature and all that it is over.</summary>
    private sealed record Signed(string Header, string Method, string? Path, string? XDate, string? Date)
    {
        public string? Sent => string.IsNullOrEmpty(XDate) ? Date : XDate;
    }

    /// <summary>Who sent it. What is no signature of one request holds for every request.</summary>
    private sealed record Known(Signed Signed, bool IsBearer, Caller Caller);
}
