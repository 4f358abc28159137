using System.Globalization;
using Geode.Cli.Traffic;
using Geode.Topology;

namespace Geode.Cli.Fit;

/// <summary>Asks for what a description's file would say.</summary>
internal sealed class Interview(TextReader input, TextWriter output)
{
    /// <param name="traffic">Measured: where users are is not asked then.</param>
    /// <exception cref="CliException">The answers ended before the questions did.</exception>
    public SystemDescription Ask(IReadOnlyList<UserGroup>? traffic)
    {
        output.WriteLine("Does the Geode pattern fit? Six to eight questions; an empty line takes what is in brackets.");
        return new(
            Line("What is the system called?", "the system", text => text),
            traffic ?? Line("Where are its users? Places and their shares, such as: amsterdam 50, newyork 30, singapore 20", null, Users),
            Line("Within how many milliseconds, there and back, should a request be at its geode? 1 to 10000, or 'any'", Criteria.UsualMs.ToString(CultureInfo.InvariantCulture), Bound),
            Word("What has it to go on without?", Words.Losses, "zone"),
            Word("How much of its data may not leave the country or region where it is?", Words.Residencies, "none"),
            Word("Where is what one request leaves for the next: in the store (or the request), or in the memory of a process?", Words.SessionStates, "store"),
            Word("What is it built on?", Words.Platforms, "new"),
            Word("What must readers see: a write a moment later elsewhere (eventual), or always the latest (strong)?", Words.Consistencies, "eventual"))
        {
            IsMeasured = traffic is not null,
        };
    }

    private static IReadOnlyList<UserGroup> Users(string text)
    {
        var users = new List<UserGroup>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var blank = part.LastIndexOf(' ');
            if (blank < 0 || !double.TryParse(part[(blank + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share))
                throw new CliException($"'{part}' is not a place and its share; allowed is, for example, amsterdam 50.");
            users.Add(new(Places.Find(part[..blank]) ?? throw new CliException($"There is no place '{part[..blank]}'; allowed are cities such as amsterdam, and Azure regions."), share));
        }

        return Shares.Of(users) ?? throw new CliException("Give at least one place a share above 0.");
    }

    private static double? Bound(string text) =>
        text == "any" ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ms) && ms is >= 1 and <= 10_000 ? ms
        : throw new CliException($"'{text}' is neither a number from 1 to 10000 nor 'any'.");

    private T Word<T>(string question, IReadOnlyDictionary<string, T> words, string usual) => Line($"{question} One of: {string.Join(", ", words.Keys)}", usual, text =>
        words.TryGetValue(text, out var found) ? found : throw new CliException($"'{text}' is not one of {string.Join(", ", words.Keys)}."));

    // Asked again until there is an answer that can be used.
    private T Line<T>(string question, string? usual, Func<string, T> read)
    {
        while (true)
        {
            output.Write(usual is null ? $"{question}: " : $"{question} [{usual}]: ");
            var line = input.ReadLine() ?? throw new CliException("The answers ended before the questions did. A file with all of them does as well: geode fit FILE.");
            try
            {
                var text = line.Trim();
                return read(text.Length == 0 && usual is not null ? usual : text);
            }
            catch (CliException refused)
            {
                output.WriteLine(refused.Message);
            }
        }
    }
}
