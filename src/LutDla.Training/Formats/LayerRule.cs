using System.Globalization;
using LutDla.Boundary;
using LutDla.Hardware;

namespace LutDla.Training.Formats;

/// <summary>
/// An exception from the common format for the layers whose names a pattern matches, as text <c>PATTERN=FORMAT</c>:
/// <c>layer3.*=v8,c32,l1,t4</c>,
/// <c>conv2=x2,o0.5</c>, <c>linear=exact,w8</c>, <c>fc1=lut</c>. What it leaves out stays as it was.
/// </summary>
/// <param name="Pattern">As <see cref="LayerPattern"/> has it.</param>
public sealed record LayerRule(string Pattern)
{
    /// <summary>Keep the products, instead of replacing them by lookups.</summary>
    public bool IsExact { get; init; }

    /// <summary>Of an exact layer, or of weights that stay exact: <c>w</c>.</summary>
    public int? WeightBits { get; init; }

    /// <summary><c>v</c>.</summary>
    public int? VectorLength { get; init; }

    /// <summary><c>c</c>.</summary>
    public int? CentroidCount { get; init; }

    /// <summary><c>l1</c>, <c>l2</c> or <c>chebyshev</c>.</summary>
    public DistanceMetric? Metric { get; init; }

    /// <summary><c>t</c>.</summary>
    public int? TableBits { get; init; }

    /// <summary>How often the layer is looked up, with as many codebooks: <c>x</c>.</summary>
    public int? Copies { get; init; }

    /// <summary>Percent of the weights, the largest ones, that stay exact: <c>o</c>.</summary>
    public decimal? SparsePercent { get; init; }

    /// <summary>Whether the rule is about the layer called <paramref name="name"/>.</summary>
    public bool Matches(string name) => LayerPattern.Matches(Pattern, name);

    /// <exception cref="InvalidInputException">
    /// No rule, or one that contradicts itself; ranges are checked with the other options.
    /// </exception>
    public static LayerRule Parse(string text)
    {
        var parts = text.Split('=', 2);
        if (parts is not [{ Length: > 0 }, { Length: > 0 }])
            throw Invalid(text, text, "It must be PATTERN=FORMAT.");
        var rule = new LayerRule(parts[0]);
        var words = parts[1].Split(',');
        foreach (var word in words)
            rule = rule.With(word) ?? throw Invalid(
                parts[0], word, "It must be exact, lut, l1, l2, chebyshev, or a number after v, c, t, x, o or w.");
        var isLookup = words.Contains("lut") || (rule.VectorLength ?? rule.CentroidCount ?? rule.TableBits ?? rule.Copies) is not null
            || rule.Metric is not null || rule.SparsePercent is not null;
        return rule.IsExact == isLookup || (rule.WeightBits is not null && isLookup && rule.SparsePercent is null)
            ? throw Invalid(parts[0], parts[1], "w belongs to exact layers and to o; v, c, t, x, o and metrics belong to lookups.")
            : rule;
    }

    /// <summary>What stands behind the pattern.</summary>
    public string Format
    {
        get
        {
            string?[] values =
            [
                IsExact ? "exact" : null, Spell("v", VectorLength), Spell("c", CentroidCount), Metric?.ToString().ToLowerInvariant(),
                Spell("t", TableBits), Spell("x", Copies), Spell("o", SparsePercent), Spell("w", WeightBits),
            ];
            var format = string.Join(',', values.Where(value => value is not null));
            return format.Length > 0 ? format : "lut";
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Pattern}={Format}";

    internal LayerFormat Apply(LayerFormat format) => format with
    {
        Exact = IsExact ? ExactReason.AskedFor : null, WeightBits = WeightBits ?? format.WeightBits,
        VectorLength = VectorLength ?? format.VectorLength,
        CentroidCount = CentroidCount ?? format.CentroidCount, Metric = Metric ?? format.Metric, TableBits = TableBits ?? format.TableBits,
        Copies = Copies ?? format.Copies, SparsePercent = SparsePercent ?? format.SparsePercent,
    };

    private static string? Spell<T>(string letter, T? value)
        where T : struct => value is null ? null : string.Create(CultureInfo.InvariantCulture, $"{letter}{value}");

    private static InvalidInputException Invalid(string key, string value, string rule) =>
        new("layer rule", key, value, rule, "Such as linear=exact,w8 or layer3.*=v8,c32,l1,t4 or conv2=x2,o0.5.");

    // Null if there is no such word.
    private LayerRule? With(string word) => word switch
    {
        "exact" => this with { IsExact = true },
        "lut" => this,
        "l1" => this with { Metric = DistanceMetric.L1 },
        "l2" => this with { Metric = DistanceMetric.L2 },
        "chebyshev" => this with { Metric = DistanceMetric.Chebyshev },
        ['v', .. var digits] when Number(digits) is { } value => this with { VectorLength = value },
        ['c', .. var digits] when Number(digits) is { } value => this with { CentroidCount = value },
        ['t', .. var digits] when Number(digits) is { } value => this with { TableBits = value },
        ['x', .. var digits] when Number(digits) is { } value => this with { Copies = value },
        ['o', .. var digits] when Percent(digits) is { } value => this with { SparsePercent = value },
        ['w', .. var digits] when Number(digits) is { } value => this with { WeightBits = value },
        _ => null,
    };

    private static int? Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static decimal? Percent(string digits) =>
        decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}
