using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LutDla.Boundary;

namespace LutDla.Training.Formats;

/// <summary>Rules in order, later ones win. Equal if the rules are, and printed as text: the origin of a conversion holds it.</summary>
[CollectionBuilder(typeof(LayerRuleList), nameof(Create))]
public sealed record LayerRuleList : IEnumerable<LayerRule>
{
    private readonly ImmutableArray<LayerRule> _rules;

    private LayerRuleList(ReadOnlySpan<LayerRule> rules)
    {
        _rules = [.. rules];
    }

    public static LayerRuleList Create(ReadOnlySpan<LayerRule> rules) => new(rules);

    /// <exception cref="InvalidInputException">Some are no rules; holds every problem.</exception>
    public static LayerRuleList Parse(IEnumerable<string> texts)
    {
        var (rules, problems) = (new List<LayerRule>(), new List<InputProblem>());
        foreach (var text in texts)
        {
            try
            {
                rules.Add(LayerRule.Parse(text));
            }
            catch (InvalidInputException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        return problems.Count == 0 ? [.. rules] : throw new InvalidInputException(problems);
    }

    public IEnumerator<LayerRule> GetEnumerator() => _rules.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(LayerRuleList? other) => other is not null && _rules.AsSpan().SequenceEqual(other._rules.AsSpan());

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var rule in _rules) hash.Add(rule);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join("; ", _rules)}]";
}
