namespace Geode.Service.Attachments;

/// <summary>Which attachment: the region that took it, and its name there. What is under it never changes.</summary>
/// <param name="Region">Name of a region.</param>
/// <param name="Name">32 lower-case hexadecimal digits.</param>
public sealed record AttachmentId(string Region, string Name)
{
    /// <summary>Whether its name was made up when it was stored. Another may come again, with its key, and then must not stand for something else.</summary>
    internal bool IsMadeUp => Name[12] == '7';

    internal static bool IsName(string name) => name.Length == 32 && name.All(char.IsAsciiHexDigitLower);

    /// <summary><c>westeurope/0198…</c>.</summary>
    public override string ToString() => $"{Region}/{Name}";
}
