using System.Text.Json;
using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure.Images;

/// <param name="From">Of a copy: the stage it copies from; null for the build context.</param>
internal sealed record Instruction(string Keyword, IReadOnlyList<string> Arguments, string? From = null);

/// <param name="Name">What <c>AS</c> calls it; empty when nothing does.</param>
internal sealed record Stage(string Image, string Name, IReadOnlyList<Instruction> Instructions)
{
    public IEnumerable<Instruction> Of(string keyword) => Instructions.Where(i => i.Keyword == keyword);

    public string? Last(string keyword) => Of(keyword).LastOrDefault()?.Arguments[^1];
}

/// <summary>The stages of a Dockerfile, as far as these use the language: one line each, shell or JSON form.</summary>
internal sealed record Dockerfile(IReadOnlyList<Stage> Stages)
{
    public Stage Build => Stages[0];

    public Stage Final => Stages[^1];

    public static Dockerfile Read(Sources sources, string path)
    {
        var stages = new List<Stage>();
        foreach (var line in sources.Read(path).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "FROM")
                stages.Add(new(words[1], words is [_, _, "AS", var name] ? name : "", new List<Instruction>()));
            else
                ((List<Instruction>)stages[^1].Instructions).Add(Instruction(words, line));
        }

        return new(stages);
    }

    private static Instruction Instruction(string[] words, string line)
    {
        var rest = line[words[0].Length..].Trim();
        if (rest.StartsWith('['))
            return new(words[0], JsonSerializer.Deserialize<string[]>(rest)!);
        var from = words.Skip(1).FirstOrDefault(w => w.StartsWith("--from=", StringComparison.Ordinal));
        return words[0] is "COPY" or "RUN"
            ? new(words[0], [.. words.Skip(1).Where(w => w != from)], from?["--from=".Length..])
            : new(words[0], [rest]);
    }
}
