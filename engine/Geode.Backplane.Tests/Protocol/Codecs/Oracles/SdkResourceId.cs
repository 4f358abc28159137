using System.Reflection;

namespace Geode.Backplane.Tests.Protocol.Codecs.Oracles;

/// <summary>The SDK's own resource ids.</summary>
internal static class SdkResourceId
{
    private static readonly Type Id = SdkInternals.Type("Microsoft.Azure.Documents.ResourceId");
    private static readonly MethodInfo ParseMethod = SdkInternals.Method(Id, "Parse", typeof(string));

    /// <summary>The SDK's reading of <paramref name="text"/>, or the exception it throws.</summary>
    public static object Parse(string text) => SdkInternals.Call(ParseMethod, null, text)!;

    public static ulong Number(object id, string property) => Convert.ToUInt64(SdkInternals.Property(id, property));

    public static string Text(object id, string property) => SdkInternals.Property(id, property)!.ToString()!;
}
