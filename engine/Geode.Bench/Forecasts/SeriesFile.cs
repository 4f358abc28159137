using System.Globalization;
using Geode.Bench.Reporting;

namespace Geode.Bench.Forecasts;

/// <summary>A series in a file: two columns, the number of the step and its value. A first line that is no number is a heading.</summary>
/// <param name="Steps">Rising; some may be missing.</param>
/// <param name="Values">Finite and not negative.</param>
internal sealed record SeriesFile(long[] Steps, double[] Values)
{
    // More are no steps but moments of some clock.
    private const long MostSteps = 50_000_000;

    /// <exception cref="BenchException">It cannot be read; the message names the file, the line and what is wrong.</exception>
    public static SeriesFile Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BenchException($"Cannot read {path}: {e.Message}", e);
        }

        var (steps, values) = (new List<long>(), new List<double>());
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = lines[number - 1].Trim();
            if (line.Length == 0 || (number == 1 && !char.IsAsciiDigit(line[0]) && line[0] is not ('-' or '+'))) continue;
            var (step, value) = Row(line) ?? throw new BenchException(
                $"{path}, line {number}: '{ShortMessage.Of(line)}' is not a step (a whole number) and a value (a number, 0 or more) with a comma between.");
            if (steps.Count > 0 && step <= steps[^1]) throw new BenchException($"{path}, line {number}: step {step} does not come after step {steps[^1]}.");
            if (steps.Count > 0 && step - steps[0] >= MostSteps)
                throw new BenchException($"{path}, line {number}: step {step} is more than {MostSteps} after the first; steps count minutes, by one.");
            steps.Add(step);
            values.Add(value);
        }

        return steps.Count > 0 ? new SeriesFile([.. steps], [.. values]) : throw new BenchException($"{path} holds no values. It has two columns: step, value.");
    }

    /// <summary>This one, and then the other: with its own steps where they go on, or else from the next step.</summary>
    public SeriesFile Then(SeriesFile next)
    {
        var shift = next.Steps[0] > Steps[^1] && next.Steps[^1] - Steps[0] < MostSteps ? 0 : Steps[^1] + 1 - next.Steps[0];
        return new([.. Steps, .. next.Steps.Select(step => step + shift)], [.. Values, .. next.Values]);
    }

    /// <summary>One value for each step from the first to the last; one that is missing is as the one before it.</summary>
    public double[] Filled()
    {
        var filled = new double[Steps[^1] - Steps[0] + 1];
        for (var i = 0; i < Steps.Length; i++)
        {
            var to = i + 1 < Steps.Length ? Steps[i + 1] - Steps[0] : filled.Length;
            filled.AsSpan((int)(Steps[i] - Steps[0])..(int)to).Fill(Values[i]);
        }

        return filled;
    }

    private static (long Step, double Value)? Row(string line) =>
        line.Split(',') is [var step, var value]
        && long.TryParse(step, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
        && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && double.IsFinite(amount) && amount >= 0
            ? (number, amount)
            : null;
}
