using Geode.Service.Attachments;
using Geode.Topology;

namespace Geode.Service.Tests.Attachments;

public sealed class AttachmentAccountTests
{
    private const string Variable = "Geode__Attachments__westeurope";

    [Fact]
    public void A_connection_string_names_both_endpoints_and_the_key() => Assert.Equal(
        new AttachmentAccount(new("http://127.0.0.1:1/westeurope"), new("http://127.0.0.1:2/westeurope-secondary"), "westeurope", "a2V5=="),
        AttachmentAccount.Parse("BlobEndpoint=http://127.0.0.1:1/westeurope;BlobSecondaryEndpoint=http://127.0.0.1:2/westeurope-secondary;AccountName=westeurope;AccountKey=a2V5==", Variable));

    [Fact]
    public void An_endpoint_alone_is_Azures_with_Azure_identity() => Assert.Equal(
        new AttachmentAccount(new("https://account.blob.core.windows.net"), new("https://account-secondary.blob.core.windows.net"), null, null),
        AttachmentAccount.Parse("https://account.blob.core.windows.net", Variable));

    [Theory]
    [InlineData(null, "is not set")]
    [InlineData("westeurope", "is not a connection string")]
    [InlineData("http://account", "is not a connection string")]
    [InlineData("BlobEndpoint=x;AccountKey=secret", "has no BlobEndpoint with an http or https address")]
    [InlineData("BlobEndpoint=http://a;BlobSecondaryEndpoint=http://b;AccountName=a", "has no AccountKey")]
    public void What_is_wrong_is_said_without_the_key(string? text, string fault)
    {
        var error = Assert.Throws<PlanetException>(() => AttachmentAccount.Parse(text, Variable));
        Assert.StartsWith($"{Variable} {fault}; allowed: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }
}
