using System.Security.Cryptography;
using Geode.Service.Identity;
using Geode.Topology;

namespace Geode.Service.Tests.Identity;

public sealed class KeyRingTests
{
    private static readonly string Old = "old:" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private static readonly string New = "new:" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public void Any_geode_with_the_ring_reads_what_another_signed()
    {
        var signed = KeyRing.Parse(Old).Sign("visitor", "wörld;=.");
        Assert.Equal("wörld;=.", KeyRing.Parse(Old).Verify("visitor", signed, out var outdated));
        Assert.False(outdated);
    }

    [Fact]
    public void Rotation_logs_nobody_out()
    {
        var signed = KeyRing.Parse(Old).Sign("visitor", "someone");

        Assert.Equal("someone", KeyRing.Parse($"{New},{Old}").Verify("visitor", signed, out var outdated));
        Assert.True(outdated);
        // A geode that has not been given the new key's precedence yet reads what one that has signed.
        var renewed = KeyRing.Parse($"{New},{Old}").Sign("visitor", "someone");
        Assert.Equal("someone", KeyRing.Parse($"{Old},{New}").Verify("visitor", renewed, out _));
        Assert.Null(KeyRing.Parse(New).Verify("visitor", signed, out _));
    }

    [Fact]
    public void A_signature_is_for_one_purpose_and_one_value()
    {
        var ring = KeyRing.Parse(Old);
        var signed = ring.Sign("visitor", "someone");
        var other = ring.Sign("visitor", "someone else");

        Assert.Null(ring.Verify("session", signed, out _));
        Assert.Null(ring.Verify("visitor", string.Join('.', signed.Split('.')[0], "old", other.Split('.')[2]), out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.old.b.c")]
    [InlineData("!.old.!")]
    [InlineData("c29tZW9uZQ.unknown.c29tZW9uZQ")]
    public void Rubbish_is_nobody(string? signed) => Assert.Null(KeyRing.Parse(Old).Verify("visitor", signed, out _));

    [Theory]
    [InlineData(null, "is not set")]
    [InlineData("nonsense", "not 'id:base64'")]
    [InlineData("a-b:AAAA", "letters and digits")]
    [InlineData("a:%%%", "not base64")]
    [InlineData("a:AAAA", "under 32 bytes")]
    public void A_bad_ring_is_refused_with_what_is_allowed(string? setting, string says)
    {
        var message = Assert.Throws<PlanetException>(() => KeyRing.Parse(setting)).Message;
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.Contains("allowed: 'id:base64'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_may_be_given_once() =>
        Assert.Contains("'old' twice", Assert.Throws<PlanetException>(() => KeyRing.Parse($"{Old},{Old}")).Message, StringComparison.Ordinal);
}
