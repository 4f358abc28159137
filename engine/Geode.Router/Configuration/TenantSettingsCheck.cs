using Geode.Topology;

namespace Geode.Router.Configuration;

/// <summary>How requests name tenants, where the origins are in stamps; and whether that hangs together.</summary>
internal static class TenantSettingsCheck
{
    /// <param name="said">By configuration or planet; null: nothing.</param>
    /// <returns>Null: there are no stamps.</returns>
    public static TenantSettings? Of(TenantSettings? said, IReadOnlyList<OriginDefinition> origins)
    {
        if (origins.All(o => o.Stamp is null))
        {
            return said is null ? null : throw WrongSetting.Error(
                $"{RouterOptions.Section}:Tenants: has no meaning without stamps. Give each origin a Stamp, or leave it out.");
        }

        if (origins.FirstOrDefault(o => o.Stamp is null) is { } left)
            throw WrongSetting.Error($"{RouterOptions.Section}:Origins:{left.Name}: is in no stamp. Where there are stamps, each origin has a Stamp.");
        var settings = said ?? new();
        if (!TenantSources.All.Contains(settings.By))
            throw WrongSetting.Error($"{RouterOptions.Section}:Tenants:By: '{settings.By}' is not allowed. Use {string.Join(", ", TenantSources.All)}.");
        if (!TenantSettings.IsHeader(settings.Header))
            throw WrongSetting.Error($"{RouterOptions.Section}:Tenants:Header: '{settings.Header}' is not the name of a header. Use 1 to {TenantSettings.LongestHeader} letters, digits and hyphens.");
        return settings;
    }
}
