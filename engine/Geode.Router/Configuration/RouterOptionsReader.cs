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
            throw WrongSetting.Error(Describe(error));
        }
    }

    private static string Describe(InvalidOperationException error)
    {
        // The binder says which of the two it is only in words; the innermost message names the key or the value.
        var text = (error.InnerException as InvalidOperationException ?? error).Message.ReplaceLineEndings(" ");
        var unknown = text.IndexOf("ErrorOnUnknownConfiguration", StringComparison.Ordinal) >= 0;
        return unknown
            ? $"{RouterOptions.Section}: unknown setting {text[(text.LastIndexOf(':') + 1)..].Trim()}. Check its spelling against the router's settings."
            : $"{RouterOptions.Section}: {text}";
    }
}
