using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Execution;

/// <summary>Options with computed properties, for tests.</summary>
internal static class Computed
{
    public static QueryOptions Of(params (string Name, string Query)[] properties) => new()
    {
        ComputedProperties = properties.ToDictionary(property => property.Name, property => SqlParser.Parse(property.Query)),
    };
}
