using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Protocol;

/// <summary>The range of effective partition keys that a feed or query request limits itself to. Whole partition-key ranges are asked
/// for by their id alone; a part of one has these two headers beside it.</summary>
public static class EpkHeaders
{
    /// <summary>The range, or null when there is none. The keys begin with the empty one, so a range from there on has an empty header
    /// for its start or, with clients that send no empty headers, none.</summary>
    /// <exception cref="ProtocolException">400: not effective partition keys.</exception>
    public static EpkRange? Read(BackplaneRequest request)
    {
        var (start, end) = (request.Header(CosmosHeaders.StartEpk), request.Header(CosmosHeaders.EndEpk));
        if (start is null && end is null)
            return null;
        var range = new EpkRange(start ?? EffectivePartitionKey.Minimum, end ?? EffectivePartitionKey.Maximum);
        return EffectivePartitionKey.IsValid(range.Min) && EffectivePartitionKey.IsValid(range.Max)
            ? range.Intersect(EpkRange.Full)
            : throw ProtocolException.BadRequest($"{range} is not a range of effective partition keys: upper-case hexadecimal is expected.");
    }
}
