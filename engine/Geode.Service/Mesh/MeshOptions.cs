namespace Geode.Service.Mesh;

/// <summary>Where the mesh is listened to, and what it follows.</summary>
internal sealed record MeshOptions(string Path, IReadOnlyList<string> Containers);
