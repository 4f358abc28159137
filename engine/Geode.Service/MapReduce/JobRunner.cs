using Geode.Service.Backplane;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.MapReduce;

/// <summary>Runs an <see cref="IMapReduce{TDocument}"/> over a container.</summary>
internal sealed class JobRunner<TDocument>(string name, string container, IMapReduce<TDocument> job, BackplaneClients clients) : IJobRunner
{
    private readonly Container _container = clients.OwnReplica.GetContainer(container);

    public string Name => name;

    public async Task<IReadOnlyDictionary<string, long>> MapAsync(string writtenIn, string until, CancellationToken cancellation)
    {
        var mapped = new Dictionary<string, long>();
        using var pages = _container.GetItemQueryIterator<TDocument>(job.Written(writtenIn, until));
        while (pages.HasMoreResults)
            Add(mapped, (await pages.ReadNextAsync(cancellation)).SelectMany(job.Map));
        return mapped;
    }

    public IReadOnlyDictionary<string, long> Reduce(IEnumerable<IReadOnlyDictionary<string, long>> parts)
    {
        var reduced = new Dictionary<string, long>();
        Add(reduced, parts.SelectMany(part => part));
        return reduced;
    }

    private void Add(Dictionary<string, long> to, IEnumerable<KeyValuePair<string, long>> numbers)
    {
        foreach (var (key, number) in numbers)
            to[key] = to.TryGetValue(key, out var known) ? job.Reduce(known, number) : number;
    }
}
