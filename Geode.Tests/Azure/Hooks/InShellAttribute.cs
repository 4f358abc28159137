using System.Reflection;
using Xunit.Sdk;

namespace Geode.Tests.Azure.Hooks;

/// <summary>Runs a test with the hooks of one shell, its first argument; skipped where that is not installed.</summary>
/// <param name="shell"><c>sh</c> or <c>pwsh</c>.</param>
/// <param name="more">The test's other arguments.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class InShellAttribute(string shell, params object?[] more) : DataAttribute
{
    public override string? Skip
    {
        get => OperatingSystem.IsWindows() ? "The stand-ins for az, azd and curl are scripts of sh."
            : HookRun.Find(shell) is null ? $"{(shell == "pwsh" ? "PowerShell (pwsh)" : shell)} is not installed here."
            : shell == "sh" && HookRun.Find("curl") is null ? "curl is not installed here."
            : null;
        set => throw new NotSupportedException();
    }

    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => [[shell, .. more]];
}
