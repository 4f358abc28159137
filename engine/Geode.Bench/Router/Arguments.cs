using System.Globalization;

namespace Geode.Bench.Router;

/// <summary><c>--name value</c> and <c>--flag</c>.</summary>
internal sealed class Arguments(string[] args)
{
    public bool Has(string name) => args.Contains(name);

    public string? Text(string name)
    {
        var at = Array.IndexOf(args, name);
        return at < 0 ? null : at + 1 < args.Length ? args[at + 1] : throw new BenchException($"{name} needs a value.");
    }

    public int Number(string name, int otherwise) =>
        Text(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new BenchException($"{name}: '{text}' is not allowed. Use a whole number above 0.");
}
