namespace Geode.Service.MapReduce;

/// <summary>That a job is wanted; in the partition of the region that wants it.</summary>
/// <param name="At">Documents written later do not count, so that every region looks at the same ones.</param>
/// <param name="Name">Which job.</param>
internal sealed record Job(string Id, string Region, string Kind, string At, string Name, int Ttl, string? Traceparent)
{
    public const string JobKind = "job";

    public const int TimeToLiveSeconds = 3600;
}

/// <summary>One region's share of a job.</summary>
/// <param name="Region">Who mapped: the partition.</param>
/// <param name="Job">The job's id.</param>
/// <param name="Of">Whose documents.</param>
internal sealed record JobPart(string Id, string Region, string Kind, string Job, string Of, IReadOnlyDictionary<string, long> Counts, int Ttl)
{
    public const string PartKind = "part";

    public static string IdFor(string job, string of) => $"part:{job}:{of}";
}

/// <summary>A job that is done.</summary>
/// <param name="Job">The job's id.</param>
/// <param name="FilledIn">Regions that did not answer in time; what had replicated of theirs was mapped here.</param>
internal sealed record JobResult(
    string Id, string Region, string Kind, string Job, IReadOnlyDictionary<string, long> Counts, IReadOnlyList<string> FilledIn, int Ttl)
{
    public const string ResultKind = "result";

    public static string IdFor(string job) => $"result:{job}";
}
