using System.CommandLine;
using Geode.Bench.Commands;
using Geode.Bench.Reporting;

namespace Geode.Bench.Personal;

/// <summary><c>personal</c>: questions in the order that suits a visitor, beside the order that suits everybody.</summary>
internal static class PersonalCommand
{
    public static Command Create()
    {
        var events = new Option<string?>("--events")
        {
            Description = "What visitors did: visitor,item,value,time. Without it visitors with planted tastes are simulated.",
            HelpName = "FILE",
        };
        var seed = BenchOptions.Number("--seed", "Of the simulation and the training.", 1, 0, int.MaxValue);
        var json = new Option<FileInfo?>("--json")
        {
            Description = "Print JSON instead of a table, or write it to a file.",
            HelpName = "FILE",
            Arity = ArgumentArity.ZeroOrOne,
        };

        var command = new Command("personal", "Ranks items for each visitor by a model of tastes, beside trending and random orders.") { events, seed, json };
        command.SetAction(async (parsed, stop) =>
        {
            var chosen = parsed.GetValue(seed);
            var (items, deeds) = parsed.GetValue(events) is { } path ? (null, EventValues.ToDeeds(EventsFile.Read(path))) : new TasteSimulator(chosen).Run();
            var result = await PersonalComparison.RunAsync(deeds, items, chosen, stop);
            if (parsed.GetValue(json) is { } file)
                JsonReport.Write(file, result);
            else if (parsed.GetResult(json) is { Implicit: false })
                JsonReport.Print(result);
            else
                PersonalReport.Print(result);
        });
        return command;
    }
}
