using System.Reflection;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>What the client can do but offers in its preview only.</summary>
internal static class SdkReflection
{
    public static Task<ResponseMessage> DeleteAllItemsAsync(Container container, PartitionKey key)
    {
        var method = container.GetType().GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .First(m => m.Name == "DeleteAllItemsByPartitionKeyStreamAsync" && m.GetParameters().Length == 3);
        return (Task<ResponseMessage>)method.Invoke(container, [key, null, CancellationToken.None])!;
    }
}
