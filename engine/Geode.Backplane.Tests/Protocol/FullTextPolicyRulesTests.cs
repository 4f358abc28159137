using System.Text;
using Geode.Backplane.Protocol;

namespace Geode.Backplane.Tests.Protocol;

public sealed class FullTextPolicyRulesTests
{
    [Theory]
    [InlineData("""{"fullTextPolicy":{"defaultLanguage":"en-US"}}""")]
    [InlineData("""{"fullTextPolicy":{"defaultLanguage":"de-de","fullTextPaths":[{"path":"/a"},{"path":"/b/c","language":"pt-BR"},{"path":"/\"d e\"","language":null}]}}""")]
    [InlineData("""{"fullTextPolicy":{"fullTextPaths":[{"path":"/a"}]},"indexingPolicy":{"fullTextIndexes":[{"path":"/a"}]}}""")]
    [InlineData("""{"indexingPolicy":{"fullTextIndexes":[]}}""")]
    public void What_Azure_documents_is_taken(string members) => Complete(members);

    [Theory]
    [InlineData("""{"fullTextPolicy":7}""", "fullTextPolicy must be an object")]
    [InlineData("""{"fullTextPolicy":{"fullTextPaths":{}}}""", "fullTextPolicy must be an object")]
    [InlineData("""{"fullTextPolicy":{"fullTextPaths":[{}]}}""", "Each of fullTextPaths has a 'path'")]
    [InlineData("""{"fullTextPolicy":{"fullTextPaths":[{"path":"abstract"}]}}""", "The Full Text Policy contains an invalid Path: abstract")]
    [InlineData("""{"fullTextPolicy":{"fullTextPaths":[{"path":"/a/*"}]}}""", "The Full Text Policy contains an invalid Path: /a/*")]
    [InlineData("""{"fullTextPolicy":{"fullTextPaths":[{"path":"/a[]"}]}}""", "The Full Text Policy contains an invalid Path: /a[]")]
    [InlineData("""{"fullTextPolicy":{"fullTextPaths":[{"path":"/a"},{"path":"/a"}]}}""", "more than once")]
    [InlineData("""{"fullTextPolicy":{"defaultLanguage":"spa-SPA"}}""", "The Full Text Policy contains an unsupported language spa-SPA. Supported languages are: en-US,")]
    [InlineData("""{"fullTextPolicy":{"defaultLanguage":7}}""", "unsupported language 7")]
    [InlineData("""{"fullTextPolicy":{"package":"standard"}}""", "'package' is not supported")]
    [InlineData("""{"fullTextPolicy":{"fullTextPaths":[{"path":"/a","tokenizer":"word"}]}}""", "'tokenizer' is not supported")]
    [InlineData("""{"indexingPolicy":{"fullTextIndexes":{}}}""", "fullTextIndexes must be an array")]
    [InlineData("""{"indexingPolicy":{"fullTextIndexes":[7]}}""", "Missing path in full-text index specification at index (0)")]
    [InlineData("""{"indexingPolicy":{"fullTextIndexes":[{"path":"/path"}]}}""", "The path of the Full Text Index /path does not match the path specified in the Full Text Policy")]
    [InlineData("""{"fullTextPolicy":{"fullTextPaths":[{"path":"/a"}]},"indexingPolicy":{"fullTextIndexes":[{"path":"/a"},{"path":"b"}]}}""", "Full-text index specification at index (1) contains invalid path")]
    public void Anything_else_is_refused(string members, string message)
    {
        var refusal = Assert.Throws<ProtocolException>(() => Complete(members));
        Assert.Equal(400, refusal.Status);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    private static void Complete(string members) =>
        ContainerRules.Complete(Encoding.UTF8.GetBytes($$$"""{"id":"c","partitionKey":{"paths":["/pk"]},{{{members[1..]}}}"""));
}
