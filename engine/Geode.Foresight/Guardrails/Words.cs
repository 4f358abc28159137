namespace Geode.Foresight.Guardrails;

internal static class Words
{
    private const int Most = 200;

    /// <summary>What a plan says, so that it can be shown: of any length it comes, and it may be hostile.</summary>
    public static string Short(string text)
    {
        var plain = new string([.. text.Take(Most).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);
        return text.Length > Most ? plain + "…" : plain;
    }
}
