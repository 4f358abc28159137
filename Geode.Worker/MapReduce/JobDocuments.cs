namespace Geode.Worker.MapReduce;

/// <summary>That a job is wanted; in <c>activity</c>, in the partition of the region that wants it.</summary>
/// <param name="At">Posts written later do not count, so that every region looks at the same ones.</param>
internal sealed record Job(string Id, string Region, string Kind, string At)
{
    public const string JobKind = "job";
}

/// <summary>One region's share of a job.</summary>
/// <param name="Region">Who mapped: the partition.</param>
/// <param name="Of">Whose posts.</param>
internal sealed record JobPart(string Id, string Region, string Kind, string Job, string Of, IReadOnlyDictionary<string, long> Counts, int Ttl)
{
    public const string PartKind = "part";

    public static string IdFor(string job, string of) => $"part:{job}:{of}";
}

/// <summary>A job that is done.</summary>
/// <param name="FilledIn">Regions that did not answer in time; what had replicated of theirs was mapped here.</param>
internal sealed record JobResult(
    string Id, string Region, string Kind, string Job, IReadOnlyDictionary<string, long> Counts, IReadOnlyList<string> FilledIn, int Ttl)
{
    public const string ResultKind = "result";

    public static string IdFor(string job) => $"result:{job}";
}
