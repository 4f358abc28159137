using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.ResourceManager;

namespace Geode.Service.Steward.InAzure;

/// <summary>One resource of Azure, read and patched as its REST reference says, through Azure's own client: its identity, its tracing.</summary>
internal sealed class ArmResourceClient(ArmClient client, ResourceIdentifier id, string apiVersion) : ArmResource(client, id)
{
    /// <exception cref="RequestFailedException">Azure refused, or could not be reached.</exception>
    public async Task<ArmState> GetAsync(CancellationToken cancellation)
    {
        using var message = Request(RequestMethod.Get);
        await SendAsync(message, cancellation);
        using var body = JsonDocument.Parse(message.Response.Content);
        return new(body.RootElement.Clone(), message.Response.Headers.ETag);
    }

    /// <summary>Changes what is named and leaves the rest. Returns once Azure has accepted it: it may go on for minutes, which the
    /// resource itself tells by its <c>provisioningState</c>.</summary>
    /// <param name="change">A JSON merge patch.</param>
    /// <param name="unless">The tag of the version that the change is meant for; null where Azure gave none.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="RequestFailedException">Azure refused, or could not be reached.</exception>
    public async Task PatchAsync(JsonObject change, ETag? unless, CancellationToken cancellation)
    {
        using var message = Request(RequestMethod.Patch);
        message.Request.Headers.Add("Content-Type", "application/json");
        if (unless is { } tag)
            message.Request.Headers.Add("If-Match", tag.ToString("H"));
        message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(change));
        await SendAsync(message, cancellation);
    }

    private HttpMessage Request(RequestMethod method)
    {
        var message = Pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri($"{Endpoint.GetLeftPart(UriPartial.Authority)}{Id}?api-version={apiVersion}"));
        message.Request.Headers.Add("Accept", "application/json");
        return message;
    }

    private async Task SendAsync(HttpMessage message, CancellationToken cancellation)
    {
        await Pipeline.SendAsync(message, cancellation);
        if (message.Response.IsError)
            throw new RequestFailedException(message.Response);
    }
}

/// <summary>A resource as Azure shows it.</summary>
internal readonly record struct ArmState(JsonElement Body, ETag? Tag)
{
    public JsonElement Properties => Body.GetProperty("properties");
}
