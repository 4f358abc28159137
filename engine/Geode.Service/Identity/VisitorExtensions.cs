using Geode.Service.Hosting;
using Geode.Service.Identity;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of visitors.</summary>
public static class VisitorExtensions
{
    /// <summary>Gives everyone who writes an anonymous identity (cookie <c>geode-visitor</c>) that every geode can check without asking
    /// anyone; see <see cref="VisitorIdentity.Visitor"/> and <see cref="VisitorIdentity.KnownVisitor"/>.</summary>
    /// <exception cref="Geode.Topology.PlanetException">No usable keys; see <see cref="KeyRing.Parse"/>.</exception>
    public static GeodeBuilder AddVisitors(this GeodeBuilder geode)
    {
        if (!geode.IsFirst())
            return geode;
        geode.AddKeyRing();
        geode.Use(GeodeStage.Visitors, VisitorIdentity.Use);
        return geode;
    }
}
