using System.Globalization;
using LutDla.Hardware;
using LutDla.Hardware.Configuration;
using LutDla.Mapping;
using LutDla.Mapping.Schedule;

namespace LutDla.Benchmarks;

/// <summary>
/// How many designs a second can be asked for the cycles of ResNet-20: by the closed form, and by the model that it must equal.
/// </summary>
internal static class EstimateBenchmark
{
    private const int Rounds = 5;
    private const int Kernel = 9;

    private static readonly int[] Lengths = [2, 4, 8];
    private static readonly int[] Lanes = [8, 16, 32];
    private static readonly int[] Subspaces = [1, 4, 8];
    private static readonly int[] Rows = [1, 4, 8];
    private static readonly int[] TileRows = [64, 256];
    private static readonly int[] IndexBeats = [512, 4096];
    private static readonly int[] Buffers = [1, 2];

    /// <summary>Prints a line; returns the figures.</summary>
    public static object Run(TextWriter output)
    {
        Core[] cores = [.. Designs().Select(Core.From)];
        long closed = 0, events = 0;
        var durations = Timing.Interleaved(
            [
                () => closed = cores.Sum(core => Layers(core).Sum(shape => ClosedForm.Cycles(core, shape))),
                () => events = cores.Sum(core => Layers(core).Sum(shape => LayerCycles.Of(core, "layer", shape).Cycles)),
                () => cores = [.. Designs().Select(Core.From)],
            ],
            Rounds);
        if (closed != events)
            throw new InvalidOperationException($"The closed form has {closed} cycles, the model {events}.");

        double[] rates = [.. durations.Select(d => cores.Length / Timing.Median([.. d.Select(x => x.ProcessorSeconds)]))];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"cycles of the 19 layers of ResNet-20, {cores.Length} designs, one core: closed form {rates[0]:N0} designs/s, "
            + $"cycle model {rates[1]:N0}, ratio {rates[0] / rates[1]:F1}; making the designs {rates[2]:N0}"));
        return new { Designs = cores.Length, ClosedForm = rates[0], CycleModel = rates[1], Making = rates[2] };
    }

    private static IEnumerable<DesignConfig> Designs() =>
        from length in Lengths
        from lanes in Lanes
        from subspaces in Subspaces
        from rows in Rows
        from tileRows in TileRows
        from beats in IndexBeats
        from buffers in Buffers
        select new DesignConfig
        {
            Name = "any",
            Similarity = new() { Metric = DistanceMetric.L1, ActivationBits = 8, VectorLength = length, Centroids = 16 },
            Matching = new() { TableBits = 8, Lanes = lanes, SubspacesInParallel = subspaces, RowsInParallel = rows },
            Tile = new() { Rows = tileRows, IndexBufferBeats = beats, ScratchpadBuffers = buffers },
            Rescale = new() { Units = 4 },
            Memories = new(),
        };

    // He et al., 2015: three stages of six convolutions of 3 x 3 after the first.
    internal static IEnumerable<LayerShape> Layers(Core core)
    {
        yield return new LayerShape(32 * 32, SubspaceCount(3), 16);
        foreach (var (side, channels) in new[] { (32, 16), (16, 32), (8, 64) })
        {
            for (var layer = 0; layer < 6; layer++)
            {
                var inputs = layer == 0 && channels > 16 ? channels / 2 : channels;
                yield return new LayerShape(side * side, SubspaceCount(inputs), channels);
            }
        }

        int SubspaceCount(int channels) => Kernel * Division.RoundedUp(channels, core.VectorLength);
    }
}
