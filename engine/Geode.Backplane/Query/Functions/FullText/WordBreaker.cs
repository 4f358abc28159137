using System.Globalization;
using System.Text;

namespace Geode.Backplane.Query.Functions.FullText;

/// <summary>
/// Cuts text into words as Unicode's annex 29 (text segmentation) does by default, and passes over what lies between. Letters, digits and
/// underscores belong together; a full stop, colon or apostrophe between two letters and a full stop, comma, semicolon or apostrophe
/// between two digits too. Each ideograph, Hiragana and character of the scripts of South-East Asia is a word by itself.
/// </summary>
internal ref struct WordBreaker(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    private enum Part
    {
        None,
        Letter,
        Digit,
        Connector,
        Extension,
        Alone,
    }

    /// <summary>The next word as it stands in the text.</summary>
    public bool TryNext(out ReadOnlySpan<char> word)
    {
        while (_position < _text.Length)
        {
            var start = _position;
            var (part, length) = At(start);
            _position += length;
            if (part is Part.None or Part.Extension)
            {
                continue;
            }

            if (part == Part.Alone)
            {
                SkipExtensions();
                word = _text[start.._position];
                return true;
            }

            Extend(part);
            word = _text[start.._position];

            // Underscores alone are no word.
            if (word.ContainsAnyExcept('_'))
            {
                return true;
            }
        }

        word = default;
        return false;
    }

    private void Extend(Part last)
    {
        while (_position < _text.Length)
        {
            var (part, length) = At(_position);
            switch (part)
            {
                case Part.Letter or Part.Digit or Part.Connector:
                    last = part;
                    _position += length;
                    continue;
                case Part.Extension:
                    _position += length;
                    continue;
                case Part.Alone:
                    return;
            }

            // What joins two parts of a word counts only when the second follows.
            var mark = _text[_position];
            var next = _position + 1 < _text.Length ? At(_position + 1).Part : Part.None;
            if ((last == Part.Letter && next == Part.Letter && JoinsLetters(mark)) || (last == Part.Digit && next == Part.Digit && JoinsDigits(mark)))
            {
                _position++;
                continue;
            }

            return;
        }
    }

    private void SkipExtensions()
    {
        while (_position < _text.Length && At(_position) is (Part.Extension, var length))
        {
            _position += length;
        }
    }

    private readonly (Part Part, int Length) At(int position)
    {
        var c = _text[position];
        if (char.IsAscii(c))
        {
            return (char.IsAsciiLetter(c) ? Part.Letter : char.IsAsciiDigit(c) ? Part.Digit : c == '_' ? Part.Connector : Part.None, 1);
        }

        // Half a surrogate pair is no part of anything.
        return Rune.DecodeFromUtf16(_text[position..], out var rune, out var length) == System.Buffers.OperationStatus.Done
            ? (PartOf(rune), length)
            : (Part.None, 1);
    }

    private static Part PartOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        _ when StandsAlone(rune.Value) => Part.Alone,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber => Part.Letter,
        UnicodeCategory.DecimalDigitNumber => Part.Digit,
        UnicodeCategory.ConnectorPunctuation => Part.Connector,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => Part.Extension,
        _ => Part.None,
    };

    private static bool StandsAlone(int rune) => rune
        is (>= 0x3040 and <= 0x309F) // Hiragana
        or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) // Han
        or (>= 0x0E01 and <= 0x0E30) or (>= 0x0E81 and <= 0x0EB0) // Thai, Lao
        or (>= 0x1000 and <= 0x102A) or (>= 0x1780 and <= 0x17B3); // Burmese, Khmer

    private static bool JoinsLetters(char mark) => mark is '\'' or '\u2019' or '.' or ':' or '\u00B7' or '\u2018' or '\u2024' or '\u2027' or '\uFF0E' or '\uFF07';

    private static bool JoinsDigits(char mark) => mark is '.' or ',' or '\'' or ';' or '\u2019' or '\u066C' or '\uFF0C' or '\uFF0E';
}
