using Geode.Foresight.Guardrails;
using Geode.Foresight.Planning;
using Geode.Service.Steward;
using Geode.Service.Steward.InAzure;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Service.Tests.Steward.InAzure;

public abstract class AzureTestBase : IAsyncLifetime
{
    private protected static Planet Planet { get; } = FreePlanets.OnFreePorts("westeurope", "eastus", "southeastasia");

    private protected ManualTime Time { get; } = new();

    private protected FakeMemory Memory { get; } = new();

    private protected StubAzure Azure { get; private set; } = null!;

    private protected AzurePlanActions Actions { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Azure = await StubAzure.StartAsync();
        Restart();
    }

    public async Task DisposeAsync() => await Azure.DisposeAsync();

    private protected void Restart() => Actions = Worker();

    private protected AzurePlanActions Worker() => new(
        Planet, Planet.Region("eastus"), Azure.Client(), new(new(StubAzure.App), new(StubAzure.Origin)), Memory, Time);

    private protected Task FloorAsync(int instances, long number = 1) => Actions.ApplyFloorAsync("eastus", instances, new PlanStamp(7, number), default);

    private protected Task SteerAsync(IReadOnlyList<string> drained, long number = 1, params PlacePlan[] places) =>
        Actions.ApplySteeringAsync(places, drained, new PlanStamp(7, number), default);

    private protected static async Task<string> RefusedAsync(Func<Task> act) => (await Assert.ThrowsAsync<PlanActionException>(act)).Message;

    private protected int Count(string asked) => Azure.Asked.Count(a => a == asked);

    private protected void Advance(double minutes) => Time.Advance(TimeSpan.FromMinutes(minutes));
}
