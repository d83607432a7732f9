using LutDla.Boundary;
using LutDla.Golden.Model;
using LutDla.Golden.Rules;
using LutDla.Hardware;

namespace LutDla.Mapping;

/// <summary>Whether a core can run LUT layers.</summary>
public static class LayerFit
{
    /// <param name="file">Where the layers came from, for the message.</param>
    /// <exception cref="InvalidInputException">There is no layer, or the core cannot run one; holds every reason.</exception>
    public static void Check(Core core, string file, IEnumerable<(string Name, LutLayer Layer)> layers)
    {
        Check(file, [.. layers.Select(l => Problems(core, file, l.Name, l.Layer))]);
    }

    /// <summary>Whether a core can run layers that do not exist yet, as far as sizes and bits tell.</summary>
    /// <inheritdoc cref="Check(Core, string, IEnumerable{ValueTuple{string, LutLayer}})"/>
    public static void CheckSizes(Core core, string file, IEnumerable<(string Name, LutSizes Sizes, int OutputBits)> layers) => Check(
        file,
        [
            .. layers.Select(l => Problems(core, file, l.Name, l.Sizes).Concat(ResultProblems(core, file, l.Name, l.OutputBits))),
        ]);

    private static void Check(string file, IReadOnlyList<IEnumerable<InputProblem>> byLayer)
    {
        InputProblem[] problems = byLayer.Count == 0
            ? [new(file, "nodes", "no LUT layer", "A core needs at least one.", "Convert the network with fewer exact layers.")]
            : [.. byLayer.SelectMany(problems => problems)];
        if (problems.Length > 0)
            throw new InvalidInputException(problems);
    }

    /// <summary>Every reason why a core cannot run a layer.</summary>
    /// <inheritdoc cref="Check(Core, string, IEnumerable{ValueTuple{string, LutLayer}})" path="/param"/>
    public static IEnumerable<InputProblem> Problems(Core core, string file, string name, LutLayer layer) =>
    [
        .. Problems(core, file, name, layer.Sizes),
        .. Results(core, file, name, layer.OutputMinimum, layer.OutputMaximum),
        .. OverflowProof.Problems(file, name, layer, core.AccumulatorBits),
    ];

    /// <summary>Every reason that can be told before the layer exists.</summary>
    /// <inheritdoc cref="Check(Core, string, IEnumerable{ValueTuple{string, LutLayer}})" path="/param"/>
    public static IEnumerable<InputProblem> Problems(Core core, string file, string name, LutSizes layer)
    {
        foreach (var (key, have, limit, of) in new[]
        {
            ("vector_length", layer.VectorLength, core.VectorLength, "similarity.vector_length"),
            ("centroid_count", layer.CentroidCount, core.Centroids, "similarity.centroids"),
            ("activation_bits", layer.ActivationBits, core.ActivationBits, "similarity.activation_bits"),
            ("table_bits", layer.TableBits, core.TableBits, "matching.table_bits"),
            ("subspaces", layer.SubspaceCount, core.Config.Tile.MaximumSubspaces, "tile.maximum_subspaces"),
        })
        {
            if (have > limit)
            {
                yield return new(
                    file, $"{name}.{key}", $"{have}", $"must be at most {of} = {limit} of the design {core.Name}.",
                    "Convert the network for this design, or raise the design's value.");
            }
        }

        if (layer.Metric != core.Metric)
        {
            yield return new(
                file, $"{name}.metric", $"{layer.Metric}", $"must be the metric {core.Metric} of the design {core.Name}.",
                "Convert the network with this metric, or change similarity.metric.");
        }
    }

    /// <summary>Every reason that the bits of the results are.</summary>
    /// <inheritdoc cref="Check(Core, string, IEnumerable{ValueTuple{string, LutLayer}})" path="/param"/>
    public static IEnumerable<InputProblem> ResultProblems(Core core, string file, string name, int outputBits) =>
        Results(core, file, name, BitWidth.SignedMinimum(outputBits), BitWidth.SignedMaximum(outputBits));

    private static IEnumerable<InputProblem> Results(Core core, string file, string name, long minimum, long maximum)
    {
        if (minimum < BitWidth.SignedMinimum(core.OutputBits) || maximum > BitWidth.SignedMaximum(core.OutputBits))
        {
            yield return new(
                file, $"{name}.output", $"{minimum} to {maximum}",
                $"must fit the {core.OutputBits} bits of a result of the design {core.Name}.", "Raise rescale.output_bits.");
        }
    }
}
