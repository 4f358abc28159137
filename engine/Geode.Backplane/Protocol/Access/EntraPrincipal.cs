namespace Geode.Backplane.Protocol.Access;

/// <summary>Whose a Microsoft Entra token is, and when it holds.</summary>
/// <param name="Id">The object id (<c>oid</c>).</param>
/// <param name="Groups">Object ids of the groups that the token names.</param>
/// <param name="NotBefore">Seconds since 1970, as <paramref name="Expires"/>.</param>
public sealed record EntraPrincipal(string Id, IReadOnlyList<string> Groups, long NotBefore, long Expires);
