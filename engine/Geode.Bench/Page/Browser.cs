using Microsoft.Playwright;

namespace Geode.Bench.Page;

/// <summary>The system's own Chromium, without a window. No browser is downloaded.</summary>
internal sealed class Browser : IAsyncDisposable
{
    /// <summary>The environment variable that says where it is.</summary>
    public const string Variable = "CHROMIUM";

    private static readonly string[] Usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Null when there is none.</summary>
    public static string? Executable { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? File.Exists(given) ? given : null
            : Usual.FirstOrDefault(File.Exists);

    /// <summary>What to do about it.</summary>
    public static string Missing =>
        $"There is no Chromium: install it (Debian: apt-get install chromium), or set {Variable} to its path. Looked at: "
        + string.Join(", ", Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? [given] : Usual);

    /// <exception cref="BenchException">There is no Chromium.</exception>
    public static async Task<Browser> LaunchAsync()
    {
        var executable = Executable ?? throw new BenchException(Missing);
        var playwright = await Playwright.CreateAsync();
        try
        {
            return new(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Headless = true }));
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <summary>A window with cookies of its own.</summary>
    public async Task<IPage> OpenAsync(int width = 1440, int height = 900, bool dark = false, bool reducedMotion = false)
    {
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = reducedMotion ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
            Locale = "en-GB",
        });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
