using Microsoft.Extensions.Options;

namespace Geode.Router.Configuration;

/// <summary>Makes the error for a setting the router cannot run with: one line with the key, what is wrong, what is allowed.</summary>
internal static class WrongSetting
{
    public static OptionsValidationException Error(string line) => new(RouterOptions.Section, typeof(RouterOptions), [line]);
}
