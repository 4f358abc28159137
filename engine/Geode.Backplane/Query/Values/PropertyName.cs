using System.Text;

namespace Geode.Backplane.Query.Values;

/// <summary>A property's name in both shapes it is compared in: text for built objects, UTF-8 for documents.</summary>
public sealed class PropertyName(string text)
{
    /// <summary>The name.</summary>
    public string Text { get; } = text;

    internal byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(text);

    /// <inheritdoc />
    public override string ToString() => Text;
}
