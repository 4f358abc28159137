namespace Geode.Service.MapReduce;

/// <summary>A kind of job, whatever it maps.</summary>
internal interface IJobRunner
{
    string Name { get; }

    /// <summary>Maps what that region has written, as this region's replica has it.</summary>
    Task<IReadOnlyDictionary<string, long>> MapAsync(string writtenIn, string until, CancellationToken cancellation);

    IReadOnlyDictionary<string, long> Reduce(IEnumerable<IReadOnlyDictionary<string, long>> parts);
}
