namespace LutDla.Networks.Graphs;

/// <summary>
/// Which channels of a network's tensors belong together: additions and products join channel with channel, pools, functions and paddings
/// pass channels on. What is done to all channels of a class at once, such as giving them another place, need not change what the network
/// computes.
/// </summary>
internal sealed class ChannelClasses : IOperationVisitor<int[]>
{
    private readonly List<int> _parents = [];

    private readonly Dictionary<string, int[]> _channels = [];

    private readonly IReadOnlyDictionary<string, (int Height, int Width)> _sides;

    public ChannelClasses(FloatGraph graph)
    {
        _sides = graph.Sides;
        _channels[FloatGraph.InputName] = New(graph.Channels);
        foreach (var op in graph.Operations) _channels[op.Name] = op.Accept(this);
    }

    /// <summary>The classes of a tensor's channels, in their order.</summary>
    public int[] Of(string tensor) => Array.ConvertAll(_channels[tensor], Root);

    int[] IOperationVisitor<int[]>.Visit(MatrixOperation op) => New(op.OutputChannels);

    int[] IOperationVisitor<int[]>.Visit(PoolOperation op) => Input(op);

    int[] IOperationVisitor<int[]>.Visit(AddOperation op) => UniteInputs(op);

    int[] IOperationVisitor<int[]>.Visit(ChannelPadOperation op) => [.. New(op.Before), .. Input(op), .. New(op.After)];

    // Pixel by pixel.
    int[] IOperationVisitor<int[]>.Visit(FlattenOperation op)
    {
        var (channels, (height, width)) = (Input(op), _sides[op.Inputs[0]]);
        return [.. Enumerable.Range(0, height * width * channels.Length).Select(i => channels[i % channels.Length])];
    }

    int[] IOperationVisitor<int[]>.Visit(ElementOperation op) => Input(op);

    int[] IOperationVisitor<int[]>.Visit(ProductOperation op) => UniteInputs(op);

    int[] IOperationVisitor<int[]>.Visit(ConcatenationOperation op) => [.. op.Inputs.SelectMany(name => _channels[name])];

    int[] IOperationVisitor<int[]>.Visit(NormOperation op) => Input(op);

    int[] IOperationVisitor<int[]>.Visit(AttentionOperation op) => Input(op);

    int[] IOperationVisitor<int[]>.Visit(GatedProductOperation op) => Input(op);

    int[] IOperationVisitor<int[]>.Visit(GeluOperation op) => Input(op);

    int[] IOperationVisitor<int[]>.Visit(TokenMeanOperation op) => Input(op);

    private int[] Input(FloatOperation op) => _channels[op.Inputs[0]];

    private int[] UniteInputs(FloatOperation op)
    {
        Unite(Input(op), _channels[op.Inputs[1]]);
        return Input(op);
    }

    private int[] New(int count)
    {
        var channels = Enumerable.Range(_parents.Count, count).ToArray();
        _parents.AddRange(channels);
        return channels;
    }

    private int Root(int channel)
    {
        while (_parents[channel] != channel) channel = _parents[channel];
        return channel;
    }

    private void Unite(int[] a, int[] b)
    {
        for (var i = 0; i < a.Length; i++) _parents[Root(a[i])] = Root(b[i]);
    }
}
