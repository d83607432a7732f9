namespace LutDla.Training.Networks;

/// <summary>The networks that can be trained here.</summary>
public enum Architecture
{
    /// <summary>LeNet-5: two 5 x 5 convolutions with maximum pooling, three linear layers; rectified, no normalisation.</summary>
    LeNet5,

    /// <summary>A residual network of one basic block (16, 32, 64 channels) a stage, the smallest of the CIFAR family.</summary>
    ResNet8,
}

/// <summary>Graphs by name and image shape.</summary>
public static class Architectures
{
    private const int SmallestSide = 16;

    private const int LargestSide = 64;

    private static readonly Dictionary<Architecture, string> Names = new() { [Architecture.LeNet5] = "lenet5", [Architecture.ResNet8] = "resnet8" };

    /// <summary>Such as <c>resnet8</c>.</summary>
    public static string Name(Architecture architecture) => Names[architecture];

    /// <summary>The architecture called <paramref name="name"/>, or null.</summary>
    public static Architecture? Find(string name) =>
        Names.Where(pair => pair.Value == name).Select(pair => (Architecture?)pair.Key).FirstOrDefault();

    /// <summary>The graph for images of one shape.</summary>
    /// <param name="height">16 to 64 pixels, as is <paramref name="width"/>.</param>
    /// <param name="channels">1 to 4.</param>
    /// <param name="classes">2 to 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size outside of these.</exception>
    public static FloatGraph Build(Architecture architecture, int height, int width, int channels, int classes)
    {
        Check(height, SmallestSide, LargestSide, nameof(height));
        Check(width, SmallestSide, LargestSide, nameof(width));
        Check(channels, 1, 4, nameof(channels));
        Check(classes, 2, 1000, nameof(classes));
        var builder = new GraphBuilder(Name(architecture), height, width, channels, classes);
        return architecture switch
        {
            Architecture.LeNet5 => LeNet5(builder, classes),
            Architecture.ResNet8 => ResNet8(builder, classes),
            _ => throw new ArgumentOutOfRangeException(nameof(architecture), architecture, "This architecture is not known."),
        };
    }

    private static FloatGraph LeNet5(GraphBuilder graph, int classes)
    {
        var x = graph.Convolution("conv1", FloatGraph.InputName, outputs: 6, kernel: 5, padding: 2, relu: true);
        x = graph.MaximumPool("pool1", x, kernel: 2, stride: 2);
        x = graph.Convolution("conv2", x, outputs: 16, kernel: 5, relu: true);
        x = graph.MaximumPool("pool2", x, kernel: 2, stride: 2);
        x = graph.Flatten("flatten", x);
        x = graph.Linear("fc1", x, outputs: 120, relu: true);
        x = graph.Linear("fc2", x, outputs: 84, relu: true);
        graph.Linear("fc3", x, classes);
        return graph.Build();
    }

    private static FloatGraph ResNet8(GraphBuilder graph, int classes)
    {
        var x = graph.Convolution("conv1", FloatGraph.InputName, outputs: 16, kernel: 3, padding: 1, normalised: true, relu: true);
        x = BasicBlock(graph, "stage1", x, outputs: 16, stride: 1);
        x = BasicBlock(graph, "stage2", x, outputs: 32, stride: 2);
        x = BasicBlock(graph, "stage3", x, outputs: 64, stride: 2);
        x = graph.GlobalAveragePool("pool", x);
        graph.Linear("fc", x, classes);
        return graph.Build();
    }

    private static string BasicBlock(GraphBuilder graph, string name, string input, int outputs, int stride)
    {
        var x = graph.Convolution($"{name}.conv1", input, outputs, kernel: 3, stride, padding: 1, normalised: true, relu: true);
        x = graph.Convolution($"{name}.conv2", x, outputs, kernel: 3, padding: 1, normalised: true);
        var shortcut = graph.Channels(input) == outputs && stride == 1
            ? input
            : graph.Convolution($"{name}.shortcut", input, outputs, kernel: 1, stride, normalised: true);
        return graph.Add($"{name}.add", x, shortcut, relu: true);
    }

    private static void Check(int value, int minimum, int maximum, string name)
    {
        if (value < minimum || value > maximum)
            throw new ArgumentOutOfRangeException(name, value, $"It must be {minimum} to {maximum}.");
    }
}
