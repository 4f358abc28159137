using System.Buffers;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Replication;

/// <summary>A replica asking a peer for what it lacks.</summary>
/// <param name="Region">Who asks.</param>
/// <param name="Acknowledged">What the asking replica has on its disk: the peer may forget what everybody has.</param>
/// <param name="After">Per wanted origin, the last sequence number that the asking replica has received.</param>
public sealed record PullRequest(RegionId Region, VersionVector Acknowledged, VersionVector After, IReadOnlyList<RegionId> Origins)
{
    public byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>();
        CommitCodec.WriteVector(output, VersionVector.Of([new Dot(Region, 1)]));
        CommitCodec.WriteVector(output, Acknowledged);
        CommitCodec.WriteVector(output, VersionVector.Of(Origins.Select(o => new Dot(o, After[o]))));
        return output.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">Not a request.</exception>
    public static PullRequest Decode(ReadOnlySpan<byte> input)
    {
        var region = CommitCodec.ReadVector(ref input).Dots.Select(d => d.Region).ToArray();
        if (region.Length != 1)
            throw new InvalidDataException("A pull request names one region.");
        var acknowledged = CommitCodec.ReadVector(ref input);
        var after = CommitCodec.ReadVector(ref input);
        return new PullRequest(region[0], acknowledged, after, [.. after.Dots.Select(d => d.Region)]);
    }
}

/// <summary>A peer's answer.</summary>
/// <param name="Durable">What the peer has.</param>
/// <param name="Commits">Some of what was asked for, in each origin's order.</param>
/// <param name="NeedsSeed">What was asked for is no longer kept commit by commit; the whole state has to be fetched.</param>
public sealed record PullAnswer(VersionVector Durable, IReadOnlyList<Commit> Commits, bool NeedsSeed = false)
{
    public byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>();
        CommitCodec.WriteVector(output, Durable);
        CommitCodec.WriteVarint(output, NeedsSeed ? 1UL : 0UL);
        foreach (var commit in Commits)
            CommitCodec.Write(output, commit);
        return output.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">Not an answer.</exception>
    public static PullAnswer Decode(ReadOnlySpan<byte> input)
    {
        var durable = CommitCodec.ReadVector(ref input);
        var needsSeed = CommitCodec.ReadVarint(ref input) == 1;
        var commits = new List<Commit>();
        while (!input.IsEmpty)
            commits.Add(CommitCodec.Read(ref input));
        return new PullAnswer(durable, commits, needsSeed);
    }
}
