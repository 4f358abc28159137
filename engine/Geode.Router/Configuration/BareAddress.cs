namespace Geode.Router.Configuration;

/// <summary>An address that names a server and nothing on it: <c>http://host:port</c>.</summary>
internal static class BareAddress
{
    /// <returns>Null: it is something else.</returns>
    public static Uri? Of(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" } ? uri : null;
}
