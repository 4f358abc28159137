using System.Text;
using Geode.Cli.Simulation.Reports;

namespace Geode.Cli.Fit;

/// <summary>A verdict for people, and for programs.</summary>
internal static class FitReport
{
    public static string Text(SystemDescription system, Verdict verdict)
    {
        var text = new StringBuilder();
        text.AppendLine($"Does the Geode pattern fit {system.Name}?").AppendLine();
        text.AppendLine(verdict.Summary).AppendLine();
        foreach (var finding in verdict.Findings)
            text.AppendLine($"  {Mark(finding.Speaks)} {finding.Criterion,-13} {finding.Reason}");
        text.AppendLine().AppendLine("  + speaks for it, - against it, x rules it out");
        if (verdict.Instead.Count > 0)
        {
            text.AppendLine().AppendLine(verdict.Answer == "partly" ? "Besides:" : "Instead:");
            foreach (var instead in verdict.Instead)
                text.AppendLine($"  {instead}");
        }

        return text.ToString();
    }

    public static string Json(SystemDescription system, Verdict verdict) => ReportFile.Json(new
    {
        system.Name,
        verdict.Answer,
        verdict.Summary,
        verdict.Instead,
        system.IsMeasured,
        Findings = verdict.Findings.Select(f => new { f.Criterion, Speaks = Word(f.Speaks), f.Reason, f.Instead }),
    });

    private static char Mark(Speaks speaks) => speaks switch { Speaks.For => '+', Speaks.Against => '-', Speaks.RulesOut => 'x', _ => ' ' };

    private static string Word(Speaks speaks) => speaks switch { Speaks.For => "for", Speaks.Against => "against", Speaks.RulesOut => "rules out", _ => "neither" };
}
