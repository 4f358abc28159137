namespace Geode.Service.Roles;

/// <summary>What one process of the planet does at a time, for all of it.</summary>
public interface IRole
{
    /// <summary>Does it until told to stop. What it writes carries the term's fence, so that whatever it writes too late loses.</summary>
    /// <param name="term">This holder's.</param>
    /// <param name="lost">The role is lost, or cannot be known to be held any more. Another may hold it a moment later.</param>
    /// <returns>When it is done; the role is then given back, for another to take.</returns>
    Task HoldAsync(RoleTerm term, CancellationToken lost);
}
