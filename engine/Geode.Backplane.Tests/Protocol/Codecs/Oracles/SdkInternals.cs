using System.Reflection;

namespace Geode.Backplane.Tests.Protocol.Codecs.Oracles;

/// <summary>Reaches the types inside the Cosmos SDK that define the formats, so that tests can compare with the original.</summary>
internal static class SdkInternals
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static readonly Assembly Direct = Assembly.Load("Microsoft.Azure.Cosmos.Direct");
    private static readonly Assembly Client = Assembly.Load("Microsoft.Azure.Cosmos.Client");

    public static Type Type(string fullName) =>
        Direct.GetType(fullName) ?? Client.GetType(fullName) ?? throw new InvalidOperationException($"The SDK has no type {fullName}.");

    public static MethodInfo Method(Type type, string name, params Type[] parameters) =>
        type.GetMethod(name, Any, parameters) ?? throw new InvalidOperationException($"{type} has no such method {name}.");

    public static object? Property(object target, string name) =>
        target.GetType().GetProperty(name, Any)!.GetValue(target);

    /// <summary>Calls, and throws what the method threw.</summary>
    public static object? Call(MethodInfo method, object? target, params object?[] arguments) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
