using System.Runtime.CompilerServices;

namespace Geode.Backplane.Protocol.Codecs;

/// <summary>Room for the levels of a partition key on the stack.</summary>
[InlineArray(PartitionKeyValue.MaxLevels)]
internal struct PartitionKeyLevels
{
    private PartitionKeyComponent _first;
}
