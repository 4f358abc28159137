namespace Geode.Router.Configuration;

/// <summary>How a request wakes a geode that sleeps.</summary>
/// <param name="Control">Who wakes it; null: nobody does.</param>
/// <param name="Patience">How long a request waits for it.</param>
/// <param name="MaxHeld">Requests that wait for one geode at once, at most.</param>
internal sealed record WakeOptions(Uri? Control, TimeSpan Patience, int MaxHeld)
{
    public static WakeOptions Of(RouterOptions options) => new(
        string.IsNullOrEmpty(options.Wake) ? null : new Uri(options.Wake), TimeSpan.FromMilliseconds(options.WakeMs), options.WakeMaxHeld);
}
