using Geode.Personal;
using Geode.Service.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Geode.Api.Personal;

/// <summary>Registration of the personal order.</summary>
internal static class PersonalExtensions
{
    /// <summary>Records what visitors do, and orders questions by it.</summary>
    /// <exception cref="Topology.PlanetException">A setting cannot be; see <see cref="PersonalOptions"/>.</exception>
    public static GeodeBuilder AddPersonal(this GeodeBuilder geode)
    {
        geode.AddPublication<TasteModel, Tastes>(Tastes.Publication);
        geode.Services.AddSingleton(PersonalOptions.From(geode.Host.Configuration));
        geode.Services.AddSingleton<Interests>();
        geode.Services.AddSingleton<Wishes>();
        geode.Services.AddSingleton<Recorder>();
        geode.Services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<Recorder>());
        geode.Services.AddSingleton<QuestionStore>();
        geode.Services.AddSingleton<CandidatePool>();
        geode.Services.AddSingleton<KnownQuestions>();
        geode.Services.AddSingleton<TasteJudge>();
        geode.Services.AddSingleton<Histories>();
        geode.Services.AddSingleton<ForYouLists>();
        geode.Services.AddScoped<Keepsakes>();
        return geode;
    }
}
