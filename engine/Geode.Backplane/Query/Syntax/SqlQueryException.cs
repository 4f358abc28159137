namespace Geode.Backplane.Query.Syntax;

/// <summary>The query was refused: one or more errors, each with Cosmos DB's code, place and message.</summary>
public sealed class SqlQueryException(IReadOnlyList<SqlError> errors) : Exception(errors[0].Message)
{
    public IReadOnlyList<SqlError> Errors { get; } = errors;
}
