using System.Globalization;
using System.Text;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Reads JSON character by character, also with halves of surrogate pairs, which stricter readers refuse.</summary>
internal sealed class NaiveJsonReader(string json)
{
    private int _at;

    public NaiveValue Read()
    {
        var value = Next() switch
        {
            '{' => Object(),
            '[' => Array(),
            '"' => NaiveValue.Of(Text()),
            't' => Word("true", NaiveValue.True),
            'f' => Word("false", NaiveValue.False),
            'n' => Word("null", NaiveValue.Null),
            _ => Number(),
        };
        SkipSpace();
        return value;
    }

    private char Next()
    {
        SkipSpace();
        return json[_at];
    }

    private void SkipSpace()
    {
        while (_at < json.Length && json[_at] is ' ' or '\n' or '\r' or '\t')
            _at++;
    }

    private NaiveValue Word(string word, NaiveValue value)
    {
        _at += word.Length;
        return value;
    }

    private NaiveValue Number()
    {
        var start = _at;
        while (_at < json.Length && json[_at] is '-' or '+' or '.' or 'e' or 'E' or (>= '0' and <= '9'))
            _at++;
        return NaiveValue.Of(double.Parse(json.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private NaiveValue Array()
    {
        var items = new List<NaiveValue>();
        _at++;
        while (Next() != ']')
        {
            items.Add(Read());
            _at += Next() == ',' ? 1 : 0;
        }

        _at++;
        return NaiveValue.Of(items);
    }

    private NaiveObject Object()
    {
        var value = new NaiveObject();
        _at++;
        while (Next() != '}')
        {
            var name = Text();
            Next();
            _at++;
            value.With(name, Read());
            _at += Next() == ',' ? 1 : 0;
        }

        _at++;
        return value;
    }

    private string Text()
    {
        var text = new StringBuilder();
        for (_at++; json[_at] != '"'; _at++)
        {
            if (json[_at] != '\\')
            {
                text.Append(json[_at]);
                continue;
            }

            var escape = json[++_at];
            text.Append(escape switch
            {
                'u' => (char)int.Parse(json.AsSpan(_at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\b',
                'f' => '\f',
                _ => escape,
            });
            _at += escape == 'u' ? 4 : 0;
        }

        _at++;
        return text.ToString();
    }
}
