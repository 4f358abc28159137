namespace Geode.Api.Questions;

/// <summary>Lengths in characters, after trimming.</summary>
public static class Limits
{
    public const int Title = 200;
    public const int Body = 20_000;
    public const int Tags = 5;
    public const int Tag = 30;
    public const int PageSize = 20;
    public const int MaxPageSize = 100;

    /// <summary>What fits into a request line, of which servers take 8 KB.</summary>
    public const int Continuation = 7_000;
    public const int Id = 64;
}
