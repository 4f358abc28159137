using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Workloads;

/// <summary>Creates a new 1 KB item.</summary>
internal sealed class Create : Workload
{
    public override string Name => "create";

    public override Dataset Dataset => Dataset.Scratch;

    public override Task CallAsync(Container container, long call) => BenchItem.CreateAsync(container, call, Guid.NewGuid().ToString("N"));
}
