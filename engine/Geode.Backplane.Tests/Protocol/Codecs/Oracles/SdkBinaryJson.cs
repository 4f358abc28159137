using System.Reflection;
using System.Text;

namespace Geode.Backplane.Tests.Protocol.Codecs.Oracles;

/// <summary>The client's own reader and writer of binary JSON.</summary>
internal static class SdkBinaryJson
{
    private static readonly Type Format = SdkInternals.Type("Microsoft.Azure.Cosmos.Json.JsonSerializationFormat");
    private static readonly Type Options = SdkInternals.Type("Microsoft.Azure.Cosmos.Json.JsonWriteOptions");
    private static readonly Type WriterType = SdkInternals.Type("Microsoft.Azure.Cosmos.Json.IJsonWriter");
    private static readonly MethodInfo NewWriter = Create("Microsoft.Azure.Cosmos.Json.JsonWriter", Format);
    private static readonly MethodInfo NewReader = Create("Microsoft.Azure.Cosmos.Json.JsonReader", typeof(ReadOnlyMemory<byte>));

    /// <summary>Every combination of the writer's options: arrays of numbers, unsigned integers, Base64.</summary>
    public static IEnumerable<int> AllOptions => Enumerable.Range(0, 8);

    public static byte[] FromText(string json, int options) => Convert(Encoding.UTF8.GetBytes(json), "Binary", options);

    public static string ToText(ReadOnlyMemory<byte> binary) => Encoding.UTF8.GetString(Convert(binary, "Text", 0));

    /// <summary>A binary document of one value that the writer is told to write, such as <c>WriteInt8Value</c>.</summary>
    public static byte[] Write(string method, params object[] values)
    {
        var writer = Writer("Binary", 1);
        SdkInternals.Call(SdkInternals.Method(WriterType, method, [.. values.Select(v => v.GetType())]), writer, values);
        return Result(writer);
    }

    private static byte[] Convert(ReadOnlyMemory<byte> from, string format, int options)
    {
        var reader = SdkInternals.Call(NewReader, null, from, null)!;
        var writer = Writer(format, options);
        SdkInternals.Call(SdkInternals.Method(NewReader.ReturnType, "WriteAll", WriterType), reader, writer);
        return Result(writer);
    }

    private static object Writer(string format, int options) =>
        SdkInternals.Call(NewWriter, null, Enum.Parse(Format, format), Enum.ToObject(Options, options), 256, null)!;

    private static byte[] Result(object writer) =>
        ((ReadOnlyMemory<byte>)SdkInternals.Call(SdkInternals.Method(WriterType, "GetResult"), writer)!).ToArray();

    private static MethodInfo Create(string type, Type first) => SdkInternals.Type(type)
        .GetMethods(BindingFlags.Static | BindingFlags.Public).Single(m => m.Name == "Create" && m.GetParameters()[0].ParameterType == first);
}
