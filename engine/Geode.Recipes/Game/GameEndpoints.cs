using Geode.Recipes;
using Geode.Recipes.Game;
using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Service.Http;
using Geode.Service.Idempotency;
using Geode.Service.Identity;
using Geode.Service.Sessions;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Players who travel, and boards by region and by planet.</summary>
internal static class GameEndpoints
{
    private const int MostPoints = 1_000_000;
    private const int Places = 10;

    public static GeodeBuilder AddGame(this GeodeBuilder geode) => geode.AddLocalFeed<Boards>("boards", "matches");

    public static void MapGame(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/players/{player}/matches", PlayAsync);
        routes.MapGet("/api/players/{player}", PlayerAsync);
        routes.MapGet("/api/boards/{board}", BoardAsync);
    }

    // With an Idempotency-Key it can be sent again, to any geode, and counts once.
    private static async Task<IResult> PlayAsync(
        string player, Won won, HttpContext http, IdempotentWriter writer, SessionContainers containers, Region region, TimeProvider clock,
        CancellationToken cancellation)
    {
        PlainName.Require("player", player);
        if (won.Points is not (>= 0 and <= MostPoints))
            throw new BadFieldException(new("points", $"A whole number from 0 to {MostPoints}."));
        var fingerprint = Fingerprint.Of(http.Request, $"/api/players/{player}/matches", won);
        var made = await writer.CreateAsync(
            containers["matches"], id => new Match(id, player, region.Name, won.Points.Value, Instant.Now(clock), fingerprint.Hash, Trace.Parent),
            fingerprint, http.Visitor(fingerprint), cancellation);
        return made.Document is { } match ? TypedResults.Created($"/api/players/{player}", match) : Problems.NotMade(made.Outcome);
    }

    // From the matches and not from a board: whoever has just played, and moved on to another geode, sees it.
    private static async Task<IResult> PlayerAsync(string player, SessionContainers containers, CancellationToken cancellation)
    {
        PlainName.Require("player", player);
        var matches = await containers["matches"].InPartitionAsync<Match>(new("SELECT * FROM c"), player, cancellation);
        return TypedResults.Ok(new { player, matches = matches.Count, points = matches.Sum(match => (long)match.Points) });
    }

    private static async Task<IResult> BoardAsync(string board, Database database, GeodeOptions options, Planet planet, Region region, CancellationToken cancellation)
    {
        if (board != Standing.Planet && planet.Find(board) is null)
            throw new BadFieldException(new("board", $"'{board}' is none; there are {string.Join(", ", planet.RegionNames.Prepend(Standing.Planet))}."));
        var query = new QueryDefinition($"SELECT TOP {Places} * FROM c WHERE c.kind = @kind AND c.board = @board ORDER BY c.points DESC")
            .WithParameter("@kind", Standing.OfKind).WithParameter("@board", board);
        var best = await database.GetContainer(options.Activity).ReadAllAsync<Standing>(
            query, new() { PartitionKey = new(region.Name), ConsistencyLevel = ConsistencyLevel.Eventual }, cancellation);
        return TypedResults.Ok(best.Select(standing => new { standing.Player, standing.Points, standing.Matches }));
    }
}
