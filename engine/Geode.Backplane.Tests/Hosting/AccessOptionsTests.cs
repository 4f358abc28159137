using System.Text;
using Geode.Backplane.Hosting;
using Geode.Backplane.Protocol.Access;
using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Backplane.Tests.Hosting;

/// <summary>The options that say who may ask.</summary>
public sealed class AccessOptionsTests
{
    [Theory]
    [InlineData("--key", "no base64!")]
    [InlineData("--secondary-key", "no base64!")]
    [InlineData("--read-only-key", "=")]
    [InlineData("--secondary-read-only-key", "*")]
    public void A_key_is_base64(string option, string key)
    {
        var failure = Assert.Throws<PlanetException>(() => Options(option, key));
        Assert.Contains($"{option}: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_is_for_one_thing()
    {
        var failure = Assert.Throws<PlanetException>(() => Options("--key", Key("same"), "--read-only-key", Key("same")));
        Assert.Contains("--key and --read-only-key are the same key", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key("same"), failure.Message, StringComparison.Ordinal);
        Assert.Throws<PlanetException>(() => Options("--read-only-key", PlanetEnvironment.EmulatorKey));
    }

    [Fact]
    public void Entra_tokens_are_off_unless_asked_for()
    {
        Assert.Null(Options().EntraRoles);
        Assert.Null(Options("--entra", "false").EntraRoles);
        Assert.Same(DataRoles.Open, Options("--entra", "true").EntraRoles);
        Assert.Contains("--entra: 'maybe'", Assert.Throws<PlanetException>(() => Options("--entra", "maybe")).Message, StringComparison.Ordinal);
        Assert.Contains("--entra-roles: ", Assert.Throws<PlanetException>(() => Options("--entra-roles", "/nowhere/roles.json")).Message, StringComparison.Ordinal);
    }

    private static BackplaneOptions Options(params string[] arguments) => BackplaneOptions.Read(
        new ConfigurationBuilder().AddCommandLine(["--urls", "http://127.0.0.1:8081", .. arguments], BackplaneOptions.Switches.ToDictionary()).Build());

    private static string Key(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
