namespace Geode.Service.Http;

/// <summary>Ends a request with 400 and problem details that name the field at fault.</summary>
public sealed class BadFieldException(FieldProblem problem) : BadHttpRequestException($"{problem.Field}: {problem.Detail}")
{
    /// <summary>What is wrong with which field.</summary>
    public FieldProblem Problem => problem;
}
