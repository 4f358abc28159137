namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>
/// A LIKE pattern: % for any text, _ for one character, [a-z] and [^a-z] for one of a set; the escape character makes the next
/// one stand for itself. A [ without its end, or an escape of nothing, matches nothing.
/// </summary>
internal sealed class LikePattern
{
    private readonly List<Step> _steps = [];

    private LikePattern()
    {
    }

    /// <summary>The text every match starts with.</summary>
    public string Prefix { get; private set; } = "";

    public static LikePattern Parse(string pattern, char? escape)
    {
        var result = new LikePattern();
        for (var i = 0; i < pattern.Length; i++)
        {
            var character = pattern[i];
            if (character == escape)
            {
                result._steps.Add(++i < pattern.Length ? Step.Exactly(pattern[i]) : Step.Nothing);
            }
            else if (character == '%')
            {
                result._steps.Add(Step.AnyText);
            }
            else if (character == '_')
            {
                result._steps.Add(Step.AnyCharacter);
            }
            else if (character == '[')
            {
                var end = pattern.IndexOf(']', i + 1);
                result._steps.Add(end < 0 ? Step.Nothing : Step.OneOf(pattern[(i + 1)..end]));
                i = end < 0 ? pattern.Length : end;
            }
            else
            {
                result._steps.Add(Step.Exactly(character));
            }
        }

        result.Prefix = string.Concat(result._steps.TakeWhile(step => step.Kind == StepKind.Exact).Select(step => step.Character));
        return result;
    }

    /// <summary>Backtracks to the last % only, which is enough: an earlier one never has to take more.</summary>
    public bool IsMatch(string text)
    {
        int at = 0, step = 0, retryStep = -1, retryAt = 0;
        while (true)
        {
            if (step < _steps.Count && _steps[step].Kind == StepKind.AnyText)
            {
                retryStep = step++;
                retryAt = at;
            }
            else if (at == text.Length)
            {
                return step == _steps.Count;
            }
            else if (step < _steps.Count && _steps[step].Accepts(text[at]))
            {
                step++;
                at++;
            }
            else if (retryStep >= 0)
            {
                step = retryStep + 1;
                at = ++retryAt;
            }
            else
            {
                return false;
            }
        }
    }

    private enum StepKind
    {
        Exact,
        AnyCharacter,
        AnyText,
        Set,
    }

    private sealed record Step(StepKind Kind, char Character, string Set)
    {
        public static Step AnyText { get; } = new(StepKind.AnyText, '\0', "");

        public static Step AnyCharacter { get; } = new(StepKind.AnyCharacter, '\0', "");

        /// <summary>One of no characters.</summary>
        public static Step Nothing { get; } = OneOf("");

        public static Step Exactly(char character) => new(StepKind.Exact, character, "");

        public static Step OneOf(string set) => new(StepKind.Set, '\0', set);

        public bool Accepts(char character) => Kind switch
        {
            StepKind.Exact => character == Character,
            StepKind.Set => InSet(character),
            _ => true,
        };

        private bool InSet(char character)
        {
            var negated = Set.StartsWith('^');
            var found = false;
            for (var i = negated ? 1 : 0; i < Set.Length; i++)
            {
                if (i + 2 < Set.Length && Set[i + 1] == '-')
                {
                    found |= character >= Set[i] && character <= Set[i + 2];
                    i += 2;
                }
                else
                {
                    found |= character == Set[i];
                }
            }

            return found != negated;
        }
    }
}
