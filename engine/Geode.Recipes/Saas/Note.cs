namespace Geode.Recipes.Saas;

/// <summary>What a tenant's people have written, in <c>notes</c>.</summary>
/// <param name="Tenant">The partition.</param>
internal sealed record Note(string Id, string Tenant, string Text, string At);

/// <summary>What is sent.</summary>
internal sealed record Written(string? Text);
