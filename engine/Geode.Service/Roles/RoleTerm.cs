using Geode.Service.Feeds;

namespace Geode.Service.Roles;

/// <summary>The time for which one process holds a role.</summary>
/// <param name="Role">Its name.</param>
/// <param name="Holder">The process: region, machine, number.</param>
/// <param name="Fence">Higher than that of every term before it.</param>
/// <param name="Since">When it began, by the holder's clock.</param>
/// <param name="Numbering">To tell of higher fences that were met: the next term's is above them.</param>
public sealed record RoleTerm(string Role, string Holder, long Fence, DateTimeOffset Since, Fence Numbering);
