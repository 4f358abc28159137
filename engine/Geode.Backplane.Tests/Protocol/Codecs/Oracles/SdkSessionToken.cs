using System.Reflection;

namespace Geode.Backplane.Tests.Protocol.Codecs.Oracles;

/// <summary>The SDK's own session tokens.</summary>
internal static class SdkSessionToken
{
    private static readonly Type Token = SdkInternals.Type("Microsoft.Azure.Documents.ISessionToken");
    private static readonly MethodInfo TryCreate = SdkInternals.Method(
        SdkInternals.Type("Microsoft.Azure.Documents.VectorSessionToken"), "TryCreate", typeof(string), Token.MakeByRefType());
    private static readonly MethodInfo IsValid = SdkInternals.Method(Token, "IsValid", Token);
    private static readonly MethodInfo MergeMethod = SdkInternals.Method(Token, "Merge", Token);
    private static readonly MethodInfo Convert = SdkInternals.Method(Token, "ConvertToString");

    public static bool CanParse(string text) => TryParse(text) is not null;

    /// <summary>Whether a replica at <paramref name="replica"/> serves a session at <paramref name="session"/>; null where the SDK throws.</summary>
    public static bool? Covers(string replica, string session) => OrNull(
        () => (bool?)SdkInternals.Call(IsValid, TryParse(session), TryParse(replica)));

    /// <summary>The merged token; null where the SDK throws.</summary>
    public static string? Merge(string a, string b) => OrNull(
        () => (string?)SdkInternals.Call(Convert, SdkInternals.Call(MergeMethod, TryParse(a), TryParse(b))));

    private static object? TryParse(string text)
    {
        object?[] arguments = [text, null];
        return (bool)TryCreate.Invoke(null, arguments)! ? arguments[1] : null;
    }

    private static T? OrNull<T>(Func<T?> call)
    {
        try
        {
            return call();
        }
        catch (Exception e) when (e.Message.Contains("unexpected regions", StringComparison.Ordinal))
        {
            return default;
        }
    }
}
