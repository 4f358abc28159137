namespace Geode.Router.Configuration;

/// <summary>Binds <see cref="RouterOptions"/>. A key that means nothing is an error, so that a typing mistake is seen.</summary>
internal static class RouterOptionsReader
{
    public static RouterOptions Read(IConfiguration configuration)
    {
        var own = configuration.GetSection(RouterOptions.Section).AsEnumerable(makePathsRelative: true)
            .Where(pair => !pair.Key.StartsWith("Origins:", StringComparison.OrdinalIgnoreCase)
                && !pair.Key.Equals("Origins", StringComparison.OrdinalIgnoreCase));
        var section = new ConfigurationBuilder().AddInMemoryCollection(own).Build();
        try
        {
            return section.Get<RouterOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new();
        }
        catch (InvalidOperationException error)
        {
            // The binder's innermost message is the one that names the value.
            var cause = error.InnerException as InvalidOperationException ?? error;
            throw new RouterConfigurationException($"{RouterOptions.Section}: {cause.Message.ReplaceLineEndings(" ")}", error);
        }
    }
}
