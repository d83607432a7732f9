using System.Collections.Immutable;

namespace LutDla.Networks.Data;

/// <summary>Sequences of tokens that lie one after the other.</summary>
/// <param name="Lengths">Tokens of each, at least one.</param>
internal sealed record TokenSpans(ImmutableArray<int> Lengths)
{
    public int Tokens => Lengths.Sum();

    /// <summary>Where each sequence begins, and its length.</summary>
    public IEnumerable<(int Start, int Length)> All
    {
        get
        {
            var start = 0;
            foreach (var length in Lengths)
            {
                yield return (start, length);
                start += length;
            }
        }
    }
}
