using System.Collections.Immutable;
using System.Text.RegularExpressions;
using LutDla.Golden.Rules;

namespace LutDla.Networks.Data;

/// <summary>
/// Words as tokens, in lower case: runs of letters and digits, and every other character by itself, blanks excepted. Token
/// <see cref="Unknown"/> stands for every word that is not in the vocabulary.
/// </summary>
public sealed partial class WordVocabulary
{
    /// <summary>The token of words that are not known, and of a text without words.</summary>
    public const int Unknown = 0;

    private readonly ImmutableDictionary<string, int> _tokens;

    private WordVocabulary(IEnumerable<string> words)
    {
        _tokens = words.Select((word, index) => KeyValuePair.Create(word, index + 1)).ToImmutableDictionary(StringComparer.Ordinal);
    }

    /// <summary>How many different tokens there are.</summary>
    public int Count => _tokens.Count + 1;

    /// <summary>
    /// The words that occur at least <paramref name="minimum"/> times, the most frequent first: the same texts give the same tokens. No
    /// more than an artefact has.
    /// </summary>
    public static WordVocabulary Of(IEnumerable<string> texts, int minimum) => new(
        texts.SelectMany(Words).CountBy(word => word, StringComparer.Ordinal).Where(count => count.Value >= minimum)
            .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Select(count => count.Key)
            .Take(NetworkLimits.Vocabulary - 1));

    /// <summary>At least one token and at most <paramref name="longest"/>: what lies beyond is left out.</summary>
    public IEnumerable<int> Tokens(string text, int longest) =>
        Words(text).Select(word => _tokens.GetValueOrDefault(word, Unknown)).DefaultIfEmpty(Unknown).Take(longest);

    private static IEnumerable<string> Words(string text) => Word().Matches(text.ToLowerInvariant()).Select(match => match.Value);

    [GeneratedRegex(@"[\p{L}\p{N}]+|\S")]
    private static partial Regex Word();
}
