using LutDla.Exploration.Memories;

namespace LutDla.Benchmarks.Memories;

/// <summary>A model scaled to the node of another family, over the macros of that family.</summary>
/// <param name="Macros">Whose words and bits the model was fitted to.</param>
/// <param name="Ratios">Of the quantities that both know.</param>
internal sealed record ScalingCheck(string Model, string Other, int Macros, IReadOnlyDictionary<SramQuantity, RatioRange> Ratios)
{
    public static ScalingCheck Of(
        KeyValuePair<string, SramModel> model, KeyValuePair<string, SramModel> other, SramTable[] tables, SramQuantity[] quantities)
    {
        var (there, source) = (other.Value, other.Value.Source);
        var scaled = model.Value.ScaledTo(there.NodeNanometres, there.Volts);
        SramMacro[] macros =
        [
            .. tables.Single(t => Path.GetFileName(t.File) == source.File).Macros.Where(m =>
                m.Family == there.Family && m.Name.StartsWith(source.MacroPrefix, StringComparison.Ordinal)
                && scaled.Covers(m.Words, m.WordBits)),
        ];
        return new(
            model.Key, other.Key, macros.Length,
            quantities.Where(q => macros.Length > 0 && scaled.Costs.ContainsKey(q) && there.Costs.ContainsKey(q)).ToDictionary(
                q => q, q => RatioRange.Of([.. macros.Select(m => (scaled.Of(q, m.Words, m.WordBits) ?? 0) / m.Figures[q])])));
    }
}

/// <param name="Mean">The geometric one.</param>
internal sealed record RatioRange(double Mean, double Least, double Most)
{
    public static RatioRange Of(IReadOnlyList<double> ratios) =>
        new(Math.Exp(ratios.Average(Math.Log)), ratios.Min(), ratios.Max());
}
