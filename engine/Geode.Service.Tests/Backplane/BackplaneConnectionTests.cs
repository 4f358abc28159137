using Geode.Service.Backplane;
using Geode.Topology;

namespace Geode.Service.Tests.Backplane;

public sealed class BackplaneConnectionTests
{
    [Theory]
    [InlineData("AccountEndpoint=http://127.0.0.1:8103/;AccountKey=abc==;", "http://127.0.0.1:8103/", "abc==", true)]
    [InlineData("AccountEndpoint=https://a.documents.azure.com:443/", "https://a.documents.azure.com/", null, false)]
    [InlineData("https://a.documents.azure.com:443/", "https://a.documents.azure.com/", null, false)]
    public void Reads_the_forms_an_app_host_and_azure_give(string text, string endpoint, string? key, bool local)
    {
        var connection = BackplaneConnection.Parse(text);
        Assert.Equal(new Uri(endpoint), connection.Endpoint);
        Assert.Equal(key, connection.Key);
        Assert.Equal(local, connection.IsLocal);
    }

    [Theory]
    [InlineData(null, "is not set")]
    [InlineData("  ", "is not set")]
    [InlineData("secret", "is not a connection string")]
    [InlineData("AccountKey=secret", "has no AccountEndpoint")]
    [InlineData("AccountEndpoint=ftp://secret", "has no AccountEndpoint")]
    public void Says_what_is_wrong_without_repeating_a_key(string? text, string says)
    {
        var message = Assert.Throws<PlanetException>(() => BackplaneConnection.Parse(text)).Message;
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.Contains("allowed:", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }
}
