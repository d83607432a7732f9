using LutDla.Networks.Graphs;

namespace LutDla.Networks.Definitions;

/// <summary>
/// Residual networks. But for the smallest, operations are called as in PyTorch's own definitions, so that published weights fit.
/// </summary>
/// <remarks>K. He et al., "Deep residual learning for image recognition", arXiv 1512.03385.</remarks>
internal static class ResidualNetworks
{
    /// <summary>Appends a block and returns the name of its result.</summary>
    public delegate string Block(GraphBuilder graph, string name, string input, int channels, int stride);

    /// <summary>One block a stage.</summary>
    public static FloatGraph Smallest(GraphBuilder graph, int classes)
    {
        var x = graph.Convolution("conv1", FloatGraph.InputName, outputs: 16, kernel: 3, padding: 1, normalised: true, relu: true);
        x = SmallestBlock(graph, "stage1", x, outputs: 16, stride: 1);
        x = SmallestBlock(graph, "stage2", x, outputs: 32, stride: 2);
        x = SmallestBlock(graph, "stage3", x, outputs: 64, stride: 2);
        x = graph.GlobalAveragePool("pool", x);
        graph.Linear("fc", x, classes);
        return graph.Build();
    }

    /// <summary>
    /// Three stages of <paramref name="blocks"/> basic blocks, 6 · blocks + 2 layers; shortcuts subsample and pad channels (option A).
    /// </summary>
    public static FloatGraph ForCifar(GraphBuilder graph, int blocks, int classes)
    {
        var x = graph.Convolution("conv1", FloatGraph.InputName, outputs: 16, kernel: 3, padding: 1, normalised: true, relu: true);
        x = Stages(graph, PaddedBlock, x, firstChannels: 16, [blocks, blocks, blocks]);
        x = graph.GlobalAveragePool("pool", x);
        graph.Linear("linear", x, classes);
        return graph.Build();
    }

    /// <summary>Four stages from 64 channels.</summary>
    public static FloatGraph Wide(GraphBuilder graph, Block block, int[] blocks, int classes)
    {
        var x = graph.Convolution("conv1", FloatGraph.InputName, outputs: 64, kernel: 3, padding: 1, normalised: true, relu: true);
        x = Stages(graph, block, x, firstChannels: 64, blocks);
        x = graph.GlobalAveragePool("avgpool", x);
        graph.Linear("fc", x, classes);
        return graph.Build();
    }

    /// <summary>Two 3 x 3 convolutions; the shortcut is a convolution where the shape changes (option B).</summary>
    public static string BasicBlock(GraphBuilder graph, string name, string input, int channels, int stride)
    {
        var x = TwoConvolutions(graph, name, input, channels, stride);
        return graph.Add($"{name}.add", x, Project(graph, name, input, channels, stride), relu: true);
    }

    /// <summary>1 x 1, 3 x 3 and 1 x 1 to four times the channels.</summary>
    public static string Bottleneck(GraphBuilder graph, string name, string input, int channels, int stride)
    {
        const int Expansion = 4;
        var x = graph.Convolution($"{name}.conv1", input, channels, kernel: 1, normalised: true, relu: true);
        x = graph.Convolution($"{name}.conv2", x, channels, kernel: 3, stride, padding: 1, normalised: true, relu: true);
        x = graph.Convolution($"{name}.conv3", x, Expansion * channels, kernel: 1, normalised: true);
        return graph.Add($"{name}.add", x, Project(graph, name, input, Expansion * channels, stride), relu: true);
    }

    private static string Stages(GraphBuilder graph, Block block, string input, int firstChannels, int[] blocks)
    {
        var x = input;
        for (var stage = 0; stage < blocks.Length; stage++)
        {
            for (var i = 0; i < blocks[stage]; i++)
                x = block(graph, $"layer{stage + 1}.{i}", x, firstChannels << stage, stride: stage > 0 && i == 0 ? 2 : 1);
        }

        return x;
    }

    private static string PaddedBlock(GraphBuilder graph, string name, string input, int channels, int stride)
    {
        var x = TwoConvolutions(graph, name, input, channels, stride);
        var shortcut = stride == 1 ? input : graph.Subsample($"{name}.subsample", input, stride);
        var missing = channels - graph.Channels(input);
        if (missing > 0) shortcut = graph.PadChannels($"{name}.pad", shortcut, missing / 2, missing - missing / 2);
        return graph.Add($"{name}.add", x, shortcut, relu: true);
    }

    private static string TwoConvolutions(GraphBuilder graph, string name, string input, int channels, int stride)
    {
        var x = graph.Convolution($"{name}.conv1", input, channels, kernel: 3, stride, padding: 1, normalised: true, relu: true);
        return graph.Convolution($"{name}.conv2", x, channels, kernel: 3, padding: 1, normalised: true);
    }

    private static string Project(GraphBuilder graph, string name, string input, int channels, int stride) =>
        graph.Channels(input) == channels && stride == 1
            ? input
            : graph.Convolution($"{name}.downsample.0", input, channels, kernel: 1, stride, normalised: true);

    private static string SmallestBlock(GraphBuilder graph, string name, string input, int outputs, int stride)
    {
        var x = TwoConvolutions(graph, name, input, outputs, stride);
        var shortcut = graph.Channels(input) == outputs && stride == 1
            ? input
            : graph.Convolution($"{name}.shortcut", input, outputs, kernel: 1, stride, normalised: true);
        return graph.Add($"{name}.add", x, shortcut, relu: true);
    }
}
