namespace Geode.Backplane.Protocol.Codecs;

/// <summary>Reads the body of a transactional batch or bulk request.</summary>
public static class BatchRequestReader
{
    private const byte HasOperationType = 0x01;
    private const byte HasResourceType = 0x02;
    private const byte HasPartitionKey = 0x04;
    private const byte HasEffectivePartitionKey = 0x08;
    private const byte HasId = 0x10;
    private const byte HasBinaryId = 0x20;
    private const byte HasBody = 0x40;
    private const byte KnownFields = 0x7F;

    private const int IndexingDirectivePath = 8;
    private const int IfMatchPath = 9;
    private const int IfNoneMatchPath = 10;
    private const int TimeToLivePath = 11;
    private const int MinimalReturnPath = 12;

    /// <summary>The operations in their order. Their bodies are slices of <paramref name="request"/>.</summary>
    /// <exception cref="BatchFormatException">The bytes are malformed, cut off, or fail their checksum.</exception>
    public static List<BatchOperation> Read(ReadOnlyMemory<byte> request)
    {
        var operations = new List<BatchOperation>();
        var reader = new HybridRowReader(request.Span);
        ReadSegment(ref reader);
        while (!reader.AtEnd)
        {
            reader.ReadHeader(HybridRow.RecordSchema);
            var length = reader.ReadInt32();
            var checksum = reader.ReadUInt32();
            var start = reader.Position;
            var payload = reader.Take(length);
            if (Crc32.Compute(payload) != checksum) throw new BatchFormatException("a record fails its checksum", start);
            operations.Add(ReadOperation(request.Slice(start, length)));
        }

        return operations;
    }

    private static void ReadSegment(ref HybridRowReader reader)
    {
        reader.ReadHeader(HybridRow.SegmentSchema);
        var presence = reader.ReadByte();
        if (presence != HybridRow.SegmentHasLength) throw reader.Malformed($"segment fields 0x{presence:X2}");
        var length = reader.ReadInt32();
        if (length != HybridRow.SegmentLength) throw reader.Malformed($"segment length {length}, expected {HybridRow.SegmentLength}");
    }

    private static BatchOperation ReadOperation(ReadOnlyMemory<byte> row)
    {
        var reader = new HybridRowReader(row.Span);
        reader.ReadHeader(HybridRow.OperationSchema);
        var fields = reader.ReadByte();
        if ((fields & ~KnownFields) != 0 || (fields & HasBinaryId) != 0) throw reader.Malformed($"operation fields 0x{fields:X2}");

        const byte required = HasOperationType | HasResourceType;
        if ((fields & required) != required) throw reader.Malformed("an operation without a type");
        var type = (BatchOperationType)reader.ReadInt32();
        if (!Enum.IsDefined(type)) throw reader.Malformed($"operation type {(int)type}");
        var resourceType = reader.ReadInt32();
        if (resourceType != BatchOperation.DocumentResourceType) throw reader.Malformed($"resource type {resourceType}, only items can be in a batch");

        var partitionKey = (fields & HasPartitionKey) != 0 ? reader.ReadUtf8() : null;
        var effectivePartitionKey = (fields & HasEffectivePartitionKey) != 0 ? row[reader.ReadBinary()] : default;
        var id = (fields & HasId) != 0 ? reader.ReadUtf8() : null;
        var body = (fields & HasBody) != 0 ? row[reader.ReadBinary()] : default;
        var options = ReadOptions(ref reader);
        return new BatchOperation
        {
            Type = type,
            PartitionKey = partitionKey,
            EffectivePartitionKey = effectivePartitionKey,
            Id = id,
            Body = body,
            IfMatch = options.IfMatch,
            IfNoneMatch = options.IfNoneMatch,
            IndexingDirective = options.IndexingDirective,
            TimeToLive = options.TimeToLive,
            MinimalReturn = options.MinimalReturn,
        };
    }

    private static Options ReadOptions(ref HybridRowReader reader)
    {
        var options = default(Options);
        while (!reader.AtEnd)
        {
            var type = reader.ReadByte();
            var path = reader.ReadVarInt();
            switch (path, type)
            {
                case (IndexingDirectivePath, HybridRow.Utf8):
                    options.IndexingDirective = reader.ReadUtf8();
                    break;
                case (IfMatchPath, HybridRow.Utf8):
                    options.IfMatch = reader.ReadUtf8();
                    break;
                case (IfNoneMatchPath, HybridRow.Utf8):
                    options.IfNoneMatch = reader.ReadUtf8();
                    break;
                case (TimeToLivePath, HybridRow.Int32):
                    options.TimeToLive = reader.ReadInt32();
                    break;
                case (MinimalReturnPath, HybridRow.True or HybridRow.False):
                    options.MinimalReturn = type == HybridRow.True;
                    break;
                default:
                    throw reader.Malformed($"option {path} of type {type}");
            }
        }

        return options;
    }

    private struct Options
    {
        public string? IndexingDirective;
        public string? IfMatch;
        public string? IfNoneMatch;
        public int? TimeToLive;
        public bool MinimalReturn;
    }
}
