using LutDla.Golden.Artefact;
using LutDla.Golden.Model;
using LutDla.Hardware;

namespace LutDla.Tests;

/// <summary>A converted network that the configuration <c>edge</c> runs, with images for it.</summary>
internal static class SampleNetwork
{
    public const int Side = 5;

    public static QuantizedNetwork Network { get; } = new()
    {
        Name = "small",
        Input = SampleNetworks.Input(Side, Side, 1),
        Nodes =
        [
            new LutNode("conv", ["input"], SampleNetworks.Layer(1, 20, SampleNetworks.Kernel3, v: 1, c: 16, DistanceMetric.L1)),
            new ExactNode("depthwise", ["conv"], SampleNetworks.Exact(20, 20, groups: 20, SampleNetworks.Kernel3)),
            new PoolNode("pool", ["depthwise"], PoolKind.Max, new Window { Height = Side, Width = Side }, null),
            new LutNode("linear", ["pool"], SampleNetworks.Layer(20, 4, SampleNetworks.Kernel1, v: 4, c: 16, DistanceMetric.L1)),
        ],
    };

    /// <returns>The path of the artefact.</returns>
    public static string Write(TemporaryFolder folder)
    {
        var path = folder.File("net.safetensors");
        ArtefactFile.Write(path, Network);
        return path;
    }
}
