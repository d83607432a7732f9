using System.Collections.Immutable;
using LutDla.Golden.Model;

namespace LutDla.Networks.Graphs;

/// <summary>Writes down a graph from input to output and keeps track of the shape on the way.</summary>
internal sealed class GraphBuilder(string architecture, int height, int width, int channels, int classes)
{
    private readonly ImmutableArray<FloatOperation>.Builder _operations = ImmutableArray.CreateBuilder<FloatOperation>();

    private readonly Dictionary<string, (int Height, int Width, int Channels)> _shapes =
        new() { [FloatGraph.InputName] = (height, width, channels) };

    public string Convolution(
        string name, string input, int outputs, int kernel, int stride = 1, int padding = 0, bool normalised = false, bool relu = false)
    {
        var shape = _shapes[input];
        var window = Square(kernel, stride, padding);
        _operations.Add(new MatrixOperation(name, [input], shape.Channels, outputs, window, normalised, relu));
        _shapes[name] = (window.OutputHeight(shape.Height), window.OutputWidth(shape.Width), outputs);
        return name;
    }

    public string Linear(string name, string input, int outputs, bool relu = false) =>
        Convolution(name, input, outputs, kernel: 1, relu: relu);

    public string MaximumPool(string name, string input, int kernel, int stride) =>
        Pool(name, input, PoolKind.Max, Square(kernel, stride, padding: 0));

    public string GlobalAveragePool(string name, string input) =>
        Pool(name, input, PoolKind.Average, new Window { Height = _shapes[input].Height, Width = _shapes[input].Width });

    public string Add(string name, string left, string right, bool relu)
    {
        _operations.Add(new AddOperation(name, [left, right], relu));
        _shapes[name] = _shapes[left];
        return name;
    }

    /// <summary>Every <paramref name="stride"/>th pixel of each direction.</summary>
    public string Subsample(string name, string input, int stride) => MaximumPool(name, input, kernel: 1, stride);

    public string PadChannels(string name, string input, int before, int after)
    {
        var shape = _shapes[input];
        _operations.Add(new ChannelPadOperation(name, [input], before, after));
        _shapes[name] = shape with { Channels = before + shape.Channels + after };
        return name;
    }

    public string Flatten(string name, string input)
    {
        var shape = _shapes[input];
        _operations.Add(new FlattenOperation(name, [input]));
        _shapes[name] = (1, 1, shape.Height * shape.Width * shape.Channels);
        return name;
    }

    public string Norm(string name, string input, bool isCentred, double epsilon)
    {
        _operations.Add(new NormOperation(name, [input], Channels(input), isCentred, epsilon));
        _shapes[name] = _shapes[input];
        return name;
    }

    public string Attention(
        string name, string queries, string keys, string values, int heads, int keyHeads, bool isCausal, double rotaryBase)
    {
        _operations.Add(
            new AttentionOperation(name, [queries, keys, values], heads, keyHeads, Channels(queries) / heads, isCausal, rotaryBase));
        _shapes[name] = _shapes[queries];
        return name;
    }

    public string GatedProduct(string name, string gate, string values)
    {
        _operations.Add(new GatedProductOperation(name, [gate, values]));
        _shapes[name] = _shapes[gate];
        return name;
    }

    public string Gelu(string name, string input)
    {
        _operations.Add(new GeluOperation(name, [input]));
        _shapes[name] = _shapes[input];
        return name;
    }

    public string TokenMean(string name, string input)
    {
        _operations.Add(new TokenMeanOperation(name, [input]));
        _shapes[name] = _shapes[input];
        return name;
    }

    /// <summary>Channels of the result called <paramref name="name"/>.</summary>
    public int Channels(string name) => _shapes[name].Channels;

    public FloatGraph Build() => new()
    {
        Architecture = architecture, Height = height, Width = width, Channels = channels, Classes = classes,
        Operations = _operations.ToImmutable(),
    };

    private string Pool(string name, string input, PoolKind kind, Window window)
    {
        var shape = _shapes[input];
        _operations.Add(new PoolOperation(name, [input], kind, window));
        _shapes[name] = (window.OutputHeight(shape.Height), window.OutputWidth(shape.Width), shape.Channels);
        return name;
    }

    private static Window Square(int kernel, int stride, int padding) => new()
    {
        Height = kernel, Width = kernel, StrideHeight = stride, StrideWidth = stride, PaddingHeight = padding, PaddingWidth = padding,
    };
}
