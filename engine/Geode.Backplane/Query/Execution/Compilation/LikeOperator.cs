using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>LIKE: a constant pattern is read once, any other once per row.</summary>
internal static class LikeOperator
{
    public static Code Compile(Code operand, Code pattern, string? escape)
    {
        var mark = escape switch
        {
            null => (char?)null,
            { Length: 1 } => escape[0],
            _ => throw new QueryException("The ESCAPE of LIKE must be one character."),
        };

        var text = operand.Run;
        if (pattern.Constant is { } constant)
        {
            var fixedPattern = constant.IsString ? LikePattern.Parse(constant.Text, mark) : null;
            return Code.Fold(operand.IsConstant, frame => Match(text(frame), fixedPattern));
        }

        var run = pattern.Run;
        return new Code(frame =>
        {
            var written = run(frame);
            return Match(text(frame), written.IsString ? LikePattern.Parse(written.Text, mark) : null);
        });
    }

    private static SqlValue Match(in SqlValue text, LikePattern? pattern) =>
        text.IsString && pattern is not null ? SqlValue.From(pattern.IsMatch(text.Text)) : SqlValue.Undefined;
}
