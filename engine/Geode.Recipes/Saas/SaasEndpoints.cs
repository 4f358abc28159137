using Geode.Recipes;
using Geode.Recipes.Saas;
using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Service.Http;
using Geode.Service.Sessions;
using Microsoft.Azure.Cosmos;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>A service for many tenants, each of whom has its data in one stamp.</summary>
internal static class SaasEndpoints
{
    private const string Notes = "notes";
    private const int LongestText = 10_000;

    public static GeodeBuilder AddSaas(this GeodeBuilder geode) => geode.AddStamps();

    public static void MapSaas(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/notes", AllAsync);
        routes.MapGet("/api/notes/{id}", OneAsync);
        routes.MapPut("/api/notes/{id}", WriteAsync);
        routes.MapDelete("/api/notes/{id}", DeleteAsync);
    }

    private static async Task<IResult> AllAsync(HttpContext http, SessionContainers containers, CancellationToken cancellation)
    {
        var tenant = Tenant(http);
        return TypedResults.Ok(await containers[Notes].InPartitionAsync<Note>(new QueryDefinition("SELECT * FROM c ORDER BY c.id"), tenant, cancellation));
    }

    private static async Task<IResult> OneAsync(string id, HttpContext http, SessionContainers containers, CancellationToken cancellation)
    {
        PlainName.Require("id", id);
        var note = await containers[Notes].ReadAsync<Note>(id, Tenant(http), cancellation);
        return note is null ? Problems.NotFound("note", id) : TypedResults.Ok(note.Value);
    }

    // Its id is the client's: sent again, to any geode, it is the same note.
    private static async Task<IResult> WriteAsync(
        string id, Written written, HttpContext http, SessionContainers containers, TimeProvider clock, CancellationToken cancellation)
    {
        PlainName.Require("id", id);
        if (written.Text is not { Length: > 0 and <= LongestText } text)
            throw new BadFieldException(new("text", $"1 to {LongestText} characters."));
        var note = new Note(id, Tenant(http), text, Instant.Now(clock));
        await containers[Notes].UpsertAsync(note, note.Tenant, cancellation);
        return TypedResults.Ok(note);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, SessionContainers containers, CancellationToken cancellation)
    {
        PlainName.Require("id", id);
        await containers[Notes].DeleteAsync(id, Tenant(http), cancellation);
        return TypedResults.NoContent();
    }

    private static string Tenant(HttpContext http) =>
        http.Tenant()?.Name ?? throw new BadFieldException(new("tenant", "The request names none: send the header X-Tenant, or what geode.json says under tenants."));
}
