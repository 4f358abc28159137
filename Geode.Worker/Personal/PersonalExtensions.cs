using Geode.Personal;
using Geode.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Worker.Personal;

/// <summary>Registration of the trainer of tastes.</summary>
internal static class PersonalExtensions
{
    /// <summary>One process of the planet at a time learns from what visitors do.</summary>
    /// <exception cref="Topology.PlanetException">A setting cannot be; see <see cref="TrainingOptions"/>.</exception>
    public static GeodeBuilder AddTasteTraining(this GeodeBuilder geode)
    {
        geode.Services.AddSingleton(TrainingOptions.From(geode.Host.Configuration));
        geode.Services.AddSingleton<TrainingData>();
        geode.Services.AddSingleton<TrainingStatus>();
        return geode.AddPublication<TasteModel, Tastes>(Tastes.Publication).AddPublisher().AddRole<TasteTraining>(TasteTraining.Role);
    }

    /// <summary>Shows what the trainer of this process does.</summary>
    public static void MapTraining(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/personal/training", (TrainingStatus status) => TypedResults.Ok(status.Now));
}
