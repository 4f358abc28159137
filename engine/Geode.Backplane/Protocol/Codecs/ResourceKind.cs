namespace Geode.Backplane.Protocol.Codecs;

/// <summary>What a <see cref="ResourceId"/> names. For children of a collection the value is the tag in the id's upper four bits.</summary>
public enum ResourceKind : byte
{
    Document = 0,
    Conflict = 4,
    PartitionKeyRange = 5,
    UserDefinedFunction = 6,
    Trigger = 7,
    StoredProcedure = 8,

    Offer = 16,
    Database = 17,
    Collection = 18,
    User = 19,
    Permission = 20,
}
