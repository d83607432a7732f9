using System.Globalization;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping.Costs;

namespace LutDla.Exploration.Search;

/// <summary>What a network is converted into, as far as a design decides it. Its accuracy depends on nothing else.</summary>
public sealed record PointFormat(DistanceMetric Metric, int VectorLength, int Centroids, int ActivationBits, int TableBits)
{
    public static PointFormat Of(DesignConfig config) => new(
        config.Similarity.Metric, config.Similarity.VectorLength, config.Similarity.Centroids, config.Similarity.ActivationBits,
        config.Matching.TableBits);

    /// <summary>For people and stores: <c>l1 v4 c16 a8 t8</c>.</summary>
    public override string ToString() =>
        $"{RecordWord(Metric)} v{VectorLength} c{Centroids} a{ActivationBits} t{TableBits}";

    /// <exception cref="FormatException">It is not what <see cref="ToString"/> gives.</exception>
    public static PointFormat Parse(string text)
    {
        if (text.Split(' ') is [var word, ['v', .. var length], ['c', .. var centroids], ['a', .. var activation], ['t', .. var table]]
            && Enum.GetValues<DistanceMetric>().Where(m => RecordWord(m) == word).ToList() is [var metric])
        {
            return new(metric, Number(length), Number(centroids), Number(activation), Number(table));
        }

        throw new FormatException($"{text} is no format.");
    }

    private static string RecordWord(DistanceMetric metric) => $"{metric}".ToLowerInvariant();

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}

/// <summary>The LUT layers of a network on a core.</summary>
/// <param name="Layers">Each product once, with how many layers have it.</param>
public sealed record NetworkWork(IReadOnlyList<(LookupProduct Product, int Count)> Layers);

/// <summary>What a network is on cores of any format.</summary>
public interface INetworkPlan
{
    /// <summary>The layers, or null where the core cannot run one. Called by several threads.</summary>
    NetworkWork? On(Core core);
}
