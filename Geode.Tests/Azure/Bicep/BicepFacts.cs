namespace Geode.Tests.Azure.Bicep;

/// <summary>Tests that need Azure's compiler.</summary>
internal static class BicepFacts
{
    public static string? Skip { get; } = BicepCompiler.Path is null ? "Azure's Bicep compiler has no package for this platform." : null;
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = BicepFacts.Skip;
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class BicepTheoryAttribute : TheoryAttribute
{
    public BicepTheoryAttribute() => Skip = BicepFacts.Skip;
}
