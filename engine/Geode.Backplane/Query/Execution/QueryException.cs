namespace Geode.Backplane.Query.Execution;

/// <summary>The query, its parameters or its continuation cannot be executed as given: HTTP 400 with this message.</summary>
public class QueryException(string message) : Exception(message);
