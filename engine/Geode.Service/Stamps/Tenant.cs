namespace Geode.Service.Stamps;

/// <summary>The tenant that a request is for.</summary>
/// <param name="Name">Legal: 1 to 63 lower-case letters, digits and hyphens.</param>
/// <param name="IsPlaced">False: no stamp has it, and so there is nothing to be read.</param>
public sealed record Tenant(string Name, bool IsPlaced);
