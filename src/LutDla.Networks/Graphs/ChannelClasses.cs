namespace LutDla.Networks.Graphs;

/// <summary>
/// Which channels of a network's tensors belong together: additions and products join channel with channel, pools, functions and paddings pass channels on. What is done to all channels of
/// a class at once, such as giving them another place, need not change what the network computes.
/// </summary>
internal sealed class ChannelClasses
{
    private readonly List<int> _parents = [];

    private readonly Dictionary<string, int[]> _channels = [];

    public ChannelClasses(FloatGraph graph)
    {
        var sides = graph.Sides;
        _channels[FloatGraph.InputName] = New(graph.Channels);
        foreach (var op in graph.Operations)
        {
            var input = _channels[op.Inputs[0]];
            if (op is AddOperation or ProductOperation) Unite(input, _channels[op.Inputs[1]]);
            _channels[op.Name] = op switch
            {
                MatrixOperation matrix => New(matrix.OutputChannels),
                ChannelPadOperation pad => [.. New(pad.Before), .. input, .. New(pad.After)],
                ConcatenationOperation => [.. op.Inputs.SelectMany(name => _channels[name])],
                FlattenOperation => Repeated(input, sides[op.Inputs[0]]),
                _ => input,
            };
        }
    }

    /// <summary>The classes of a tensor's channels, in their order.</summary>
    public int[] Of(string tensor) => Array.ConvertAll(_channels[tensor], Root);

    // Pixel by pixel.
    private static int[] Repeated(int[] channels, (int Height, int Width) sides) =>
        [.. Enumerable.Range(0, sides.Height * sides.Width * channels.Length).Select(i => channels[i % channels.Length])];

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
