namespace Geode.Service.Publications;

/// <summary>How much of publications is written, read and kept. Registered as a service before <c>AddPublication</c>, another one counts.</summary>
/// <param name="MostBytes">Of a version. A larger one is not published, and refused by who reads.</param>
/// <param name="Kept">Versions that stay, beside the one that is pinned and the one in force: what can be rolled back to.</param>
public sealed record PublicationLimits(int MostBytes = 64 << 20, int Kept = 5)
{
    /// <summary>Bytes of a part: with a third more as base64, well below the 2 MB that a document may have.</summary>
    internal const int PartBytes = 1 << 20;

    /// <summary>Of a version, whoever wrote it: so many reads it takes.</summary>
    internal const int MostParts = 4096;

    /// <summary>Of what is said about a version.</summary>
    internal const int MostAboutBytes = 64 << 10;

    /// <summary>Of the documents of a publication, without parts: more are not looked at.</summary>
    internal const int MostDocuments = 500;
}
