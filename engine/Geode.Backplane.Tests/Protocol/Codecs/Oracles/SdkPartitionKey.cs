using System.Collections.ObjectModel;
using System.Reflection;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Tests.Protocol.Codecs.Oracles;

/// <summary>The SDK's own partition keys.</summary>
internal static class SdkPartitionKey
{
    private static readonly Type Key = SdkInternals.Type("Microsoft.Azure.Documents.Routing.PartitionKeyInternal");
    private static readonly Type Definition = SdkInternals.Type("Microsoft.Azure.Documents.PartitionKeyDefinition");
    private static readonly MethodInfo FromJson = SdkInternals.Method(Key, "FromJsonString", typeof(string));
    private static readonly MethodInfo ToJson = SdkInternals.Method(Key, "ToJsonString");
    private static readonly MethodInfo Epk = SdkInternals.Method(Key, "GetEffectivePartitionKeyString", Definition, typeof(bool));
    private static readonly MethodInfo Prefix = SdkInternals.Method(Key, "GetEPKRangeForPrefixPartitionKey", Definition);
    private static readonly MethodInfo Split =
        SdkInternals.Method(Key, "GetNEqualRangeEffectivePartitionKeys", typeof(string), typeof(string), Definition, typeof(int));

    public static string CanonicalJson(string json) => (string)SdkInternals.Call(ToJson, Parse(json))!;

    public static string EffectivePartitionKey(string json, PartitionKeyScheme scheme) =>
        (string)SdkInternals.Call(Epk, Parse(json), Define(scheme), true)!;

    public static string PrefixRange(string json) =>
        SdkInternals.Call(Prefix, Parse(json), Define(PartitionKeyScheme.MultiHash))!.ToString()!;

    public static string[] Boundaries(int count, PartitionKeyScheme scheme) =>
        (string[])SdkInternals.Call(Split, null, "", "FF", Define(scheme), count)!;

    private static object Parse(string json) => SdkInternals.Call(FromJson, null, json)!;

    private static object Define(PartitionKeyScheme scheme)
    {
        string[] paths = scheme == PartitionKeyScheme.MultiHash ? ["/a", "/b", "/c"] : ["/a"];
        var definition = Activator.CreateInstance(Definition)!;
        Set(definition, "Paths", _ => new Collection<string>(paths));
        Set(definition, "Kind", type => Enum.Parse(type, scheme == PartitionKeyScheme.MultiHash ? "MultiHash" : "Hash"));
        Set(definition, "Version", type => Enum.Parse(Nullable.GetUnderlyingType(type) ?? type, scheme == PartitionKeyScheme.HashV1 ? "V1" : "V2"));
        return definition;
    }

    private static void Set(object definition, string property, Func<Type, object> value)
    {
        var info = Definition.GetProperty(property, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)!;
        info.SetValue(definition, value(info.PropertyType));
    }
}
