using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution;

/// <summary>What <c>udf.NAME(…)</c> calls. Implemented by whoever runs JavaScript.</summary>
public interface IUserFunctions
{
    /// <summary>Null when there is none of that name.</summary>
    Func<SqlValue[], SqlValue>? Find(string name);

    /// <summary>Runs what calls functions that were found, where they may.</summary>
    T Run<T>(Func<T> calls);
}
