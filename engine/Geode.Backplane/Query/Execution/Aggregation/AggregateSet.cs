using Geode.Backplane.Query.Execution.Compilation;

namespace Geode.Backplane.Query.Execution.Aggregation;

/// <summary>The aggregate calls of one SELECT, and the group whose results they stand for at the moment.</summary>
internal sealed class AggregateSet
{
    private readonly List<(string Name, Evaluator Argument, bool CountsRows)> _calls = [];

    public int Count => _calls.Count;

    /// <summary>Whether every call is COUNT of a constant, whose result is the number of rows.</summary>
    public bool CountsRowsOnly => _calls.Count > 0 && _calls.TrueForAll(call => call.CountsRows);

    /// <summary>The group that SELECT's expressions are about to read.</summary>
    public Accumulator[]? Current { get; set; }

    /// <summary>Registers a call; the result reads it from the current group.</summary>
    public Evaluator Add(string name, Code argument)
    {
        var index = _calls.Count;
        var countsRows = name.Equals("COUNT", StringComparison.OrdinalIgnoreCase) && argument.Constant is { IsUndefined: false };
        _calls.Add((name, argument.Run, countsRows));
        return _ => Current![index].Result;
    }

    public Accumulator[] NewGroup() => [.. _calls.Select(call => Accumulator.Create(call.Name))];

    /// <summary>Adds the frame's row to a group.</summary>
    public void Accumulate(Accumulator[] group, Frame frame)
    {
        for (var i = 0; i < group.Length; i++)
        {
            group[i].Add(_calls[i].Argument(frame));
        }
    }
}
