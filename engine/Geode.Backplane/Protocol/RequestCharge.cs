namespace Geode.Backplane.Protocol;

/// <summary>Request units. Cosmos DB does not publish its formula; this one keeps to its published examples (a 1 KB point read is
/// 1 RU, a 1 KB write about 5) and grows with size and work, so that cheaper requests look cheaper here too.</summary>
public static class RequestCharge
{
    /// <param name="bytes">Of the item.</param>
    public static double Read(int bytes) => Math.Max(1, bytes / 1024.0);

    /// <param name="bytes">Of the item; 0 for a delete.</param>
    public static double Write(int bytes) => 5 + Math.Max(0, bytes - 1024) / 1024.0 * 5;

    /// <param name="documents">Documents looked at.</param>
    /// <param name="bytes">Of the answer.</param>
    public static double Query(long documents, long bytes) => 2.3 + documents * 0.03 + bytes / 1024.0 * 0.2;
}
