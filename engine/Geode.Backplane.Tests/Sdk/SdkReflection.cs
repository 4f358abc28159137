using System.Reflection;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>What the client can do but offers in its preview only, or to itself.</summary>
internal static class SdkReflection
{
    public static Task<ResponseMessage> DeleteAllItemsAsync(Container container, PartitionKey key)
    {
        var method = container.GetType().GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .First(m => m.Name == "DeleteAllItemsByPartitionKeyStreamAsync" && m.GetParameters().Length == 3);
        return (Task<ResponseMessage>)method.Invoke(container, [key, null, CancellationToken.None])!;
    }

    /// <summary>Whether the client takes that for the <c>_rid</c> of something.</summary>
    public static bool ParsesResourceId(string rid)
    {
        var type = Assembly.Load("Microsoft.Azure.Cosmos.Direct").GetType("Microsoft.Azure.Documents.ResourceId", throwOnError: true)!;
        var method = type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .First(m => m.Name == "TryParse" && m.GetParameters() is [{ ParameterType: var text }, _] && text == typeof(string));
        return (bool)method.Invoke(null, [rid, null])!;
    }
}
