using System.Text;

namespace Geode.Tests.Planets;

/// <summary>What a test wants to know of an exported span.</summary>
/// <param name="Service">The resource's <c>service.name</c>.</param>
/// <param name="Region">The resource's <c>cloud.region</c>; empty when it has none.</param>
/// <param name="Source">The instrumentation scope's name.</param>
/// <param name="Kind">2 server, 3 client, 4 producer, 5 consumer.</param>
internal sealed record OtlpSpan(string TraceId, string SpanId, string ParentId, string Service, string Region, string Source, string Name, int Kind)
{
    public const int Server = 2;

    /// <summary>The spans of an <c>ExportTraceServiceRequest</c>; numbers are those of the fields in OTLP's trace.proto.</summary>
    public static IEnumerable<OtlpSpan> ReadAll(byte[] request) =>
        from perResource in Protobuf.Fields(request)
        where perResource.Number == 1
        let parts = Protobuf.Fields(perResource.Bytes).ToList()
        let resource = parts.Where(f => f.Number == 1).SelectMany(f => Protobuf.Fields(f.Bytes)).Where(f => f.Number == 1).Select(Attribute).ToList()
        from perScope in parts
        where perScope.Number == 2
        let scope = Protobuf.Fields(perScope.Bytes).ToList()
        let source = scope.Where(f => f.Number == 1).SelectMany(f => Protobuf.Fields(f.Bytes)).Where(f => f.Number == 1).Select(Text).SingleOrDefault("")
        from span in scope
        where span.Number == 2
        let fields = Protobuf.Fields(span.Bytes).ToList()
        select new OtlpSpan(
            Hex(fields, 1), Hex(fields, 2), Hex(fields, 4), Value(resource, "service.name"), Value(resource, "cloud.region"), source,
            Text(fields.Single(f => f.Number == 5)), (int)fields.Where(f => f.Number == 6).Select(f => f.Value).SingleOrDefault());

    private static (string Key, string Value) Attribute(ProtobufField field)
    {
        var pair = Protobuf.Fields(field.Bytes).ToList();
        var value = pair.Where(f => f.Number == 2).SelectMany(f => Protobuf.Fields(f.Bytes)).Where(f => f.Number == 1).Select(Text).SingleOrDefault("");
        return (Text(pair.Single(f => f.Number == 1)), value);
    }

    private static string Value(IEnumerable<(string Key, string Value)> attributes, string key) =>
        attributes.Where(a => a.Key == key).Select(a => a.Value).LastOrDefault("");

    private static string Text(ProtobufField field) => Encoding.UTF8.GetString(field.Bytes.Span);

    private static string Hex(IEnumerable<ProtobufField> fields, int number) =>
        fields.Where(f => f.Number == number).Select(f => Convert.ToHexStringLower(f.Bytes.Span)).SingleOrDefault("");
}
