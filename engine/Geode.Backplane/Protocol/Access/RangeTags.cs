using System.Globalization;
using System.Text;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Ranges;

namespace Geode.Backplane.Protocol.Access;

/// <summary>The etag of the feed of ranges: the layout, the same in every region that has the same ranges. A region that has not heard of a split
/// takes it over from the etag that a client brings, also from one that may only read; so an etag with splits is signed, and nobody can make one up.</summary>
public sealed class RangeTags(AccountKeys keys)
{
    // Beyond what resource tokens sign, which begins with a bracket.
    private const string Purpose = "ranges ";

    public string Of(Container container, RangeLayout layout)
    {
        // A container that was never split needs no number beside: what such a tag says is true of every container.
        if (layout.Splits.Count == 0)
            return $"\"{layout.Tag}\"";
        var content = string.Create(CultureInfo.InvariantCulture, $"{container.Number}-{layout.Tag}");
        return $"\"{content}-{Convert.ToHexStringLower(keys.Sign(Bytes(content)))}\"";
    }

    /// <summary>The layout that a client has; null when it has none, or that of a container that had this one's name, or one that no region gave it.</summary>
    public RangeLayout? Read(Container container, string etag)
    {
        var parts = etag.Trim('"').Split('-');
        var layout = parts switch
        {
            [var tag] => RangeLayout.Read(tag) is { Splits.Count: 0 } first ? first : null,
            [var number, var tag, var signature] when number == container.Number.ToString(CultureInfo.InvariantCulture) && IsSigned($"{number}-{tag}", signature) => RangeLayout.Read(tag),
            _ => null,
        };
        return layout?.First == container.Layout.First ? layout : null;
    }

    private bool IsSigned(string content, string signature)
    {
        var bytes = new byte[signature.Length / 2];
        return Convert.FromHexString(signature, bytes, out _, out var length) == System.Buffers.OperationStatus.Done && keys.IsSigned(Bytes(content), bytes.AsSpan(0, length));
    }

    private static byte[] Bytes(string content) => Encoding.ASCII.GetBytes(Purpose + content);
}
