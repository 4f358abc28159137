namespace Geode.Backplane.Protocol;

/// <summary>What a request's target names.</summary>
public static class RequestAddress
{
    /// <summary>The path, decoded. The protocol knows no query strings: a question mark that a client did not escape is part of a name.</summary>
    public static string Of(HttpRequest request) =>
        request.QueryString.HasValue ? request.Path.Value + Uri.UnescapeDataString(request.QueryString.Value!) : request.Path.Value!;
}
