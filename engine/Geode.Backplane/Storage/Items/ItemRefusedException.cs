namespace Geode.Backplane.Storage.Items;

/// <summary>An item operation that the item, as it is now, does not allow.</summary>
public sealed class ItemRefusedException(int status, string message, int subStatus = 0) : Exception(message)
{
    /// <summary>An HTTP status.</summary>
    public int Status => status;

    public int SubStatus => subStatus;
}
