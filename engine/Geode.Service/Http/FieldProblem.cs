namespace Geode.Service.Http;

/// <summary>What is wrong with which field of a request, and what is allowed.</summary>
public sealed record FieldProblem(string Field, string Detail);
