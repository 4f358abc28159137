namespace Geode.Service.Hosting;

/// <summary>One part of the pipeline that <c>UseGeode</c> puts together.</summary>
internal sealed record GeodePart(GeodeStage Stage, Action<WebApplication> Use);

/// <summary>The one order that works, whatever order things were added in.</summary>
internal enum GeodeStage
{
    /// <summary>Times everything that follows.</summary>
    Traffic,

    /// <summary>Who served it, and errors as problem details: also of what follows.</summary>
    Edge,

    /// <summary>For whom: what is not for this stamp goes no further.</summary>
    Tenants,

    /// <summary>Who asks.</summary>
    Visitors,

    /// <summary>Limits are by visitor.</summary>
    Limits,

    /// <summary>What the visitor has seen.</summary>
    Sessions,

    /// <summary>The geode's own endpoints.</summary>
    Endpoints,
}
