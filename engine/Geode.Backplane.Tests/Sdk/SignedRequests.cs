using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Geode.Backplane.Protocol.Codecs;
using Geode.Topology;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Requests as other clients than the .NET one send them.</summary>
internal static class SignedRequests
{
    private static readonly HttpClient Http = new();
    private static readonly ConcurrentDictionary<string, MasterKeyAuth> Keys = [];

    /// <summary>Signs and sends it; the answer is whatever it is.</summary>
    /// <param name="path">Without a slash at the start: <c>dbs/tests/colls/c/docs</c>.</param>
    public static Task<HttpResponseMessage> SendAsync(
        this SdkServer server, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        server.SendAsync(PlanetEnvironment.EmulatorKey, method, path, body, headers);

    /// <inheritdoc cref="SendAsync(SdkServer, HttpMethod, string, string?, ValueTuple{string, string}[])"/>
    /// <param name="credential">An account key, or what stands before and after <c>type=</c> of any other.</param>
    public static Task<HttpResponseMessage> SendAsync(
        this SdkServer server, string credential, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        var type = headers.Any(h => h.Name == CosmosHeaders.IsQuery) ? "application/query+json" : "application/json";
        return SendContentAsync(server, credential, method, path, body is null ? null : new StringContent(body, Encoding.UTF8, type), headers);
    }

    /// <summary>The same with a body of any kind.</summary>
    public static Task<HttpResponseMessage> SendContentAsync(
        this SdkServer server, HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers) =>
        SendContentAsync(server, PlanetEnvironment.EmulatorKey, method, path, content, headers);

    private static async Task<HttpResponseMessage> SendContentAsync(
        SdkServer server, string credential, HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var date = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        using var message = new HttpRequestMessage(method, new Uri($"{server.Endpoint}/{path}"));
        message.Content = content;
        var token = credential.StartsWith("type=", StringComparison.Ordinal) ? credential : $"type=master&ver=1.0&sig={Auth(credential).Sign(method.Method, ResourceAddress.FromPath(Uri.UnescapeDataString($"/{path}")), date)}";
        message.Headers.TryAddWithoutValidation(CosmosHeaders.XDate, date);
        message.Headers.TryAddWithoutValidation(CosmosHeaders.Authorization, Uri.EscapeDataString(token));
        foreach (var (name, value) in headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(message);
    }

    private static MasterKeyAuth Auth(string key) => Keys.GetOrAdd(key, k => new MasterKeyAuth(k));

    /// <summary>A header of the answer; null when it is not there.</summary>
    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
