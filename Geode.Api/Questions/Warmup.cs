using Microsoft.Extensions.DependencyInjection;

namespace Geode.Api.Questions;

/// <summary>What the first visitor will ask for.</summary>
internal static class Warmup
{
    public static async Task ReadAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await services.GetRequiredService<QuestionReader>().ReadAsync("nothing", null, cancellation);
        await services.GetRequiredService<QuestionLists>().NewestAsync(null, 1, null, cancellation);
    }
}
