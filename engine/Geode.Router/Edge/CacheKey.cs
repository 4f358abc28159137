namespace Geode.Router.Edge;

/// <summary>What a response is kept under: the address asked for, and for responses that vary, what they vary by.</summary>
internal readonly record struct CacheKey(string Host, string Path, string Query, string Variant)
{
    public static CacheKey Of(HttpRequest request) =>
        new(request.Host.Value ?? "", request.Path.Value ?? "", request.QueryString.Value ?? "", "");

    public int Bytes => 2 * (Host.Length + Path.Length + Query.Length + Variant.Length) + 64;
}
