using LutDla.Boundary;
using LutDla.Networks.Data;
using LutDla.Networks.Files;
using LutDla.Networks.Graphs;

namespace LutDla.Networks.Definitions;

/// <summary>The networks that the project defines.</summary>
public enum Architecture
{
    /// <summary>LeNet-5: two 5 x 5 convolutions with maximum pooling, three linear layers; rectified, no normalisation.</summary>
    LeNet5,

    /// <summary>A residual network of one basic block (16, 32, 64 channels) a stage, convolutions in the shortcuts.</summary>
    ResNet8,

    /// <summary>Three basic blocks a stage (16, 32, 64 channels), shortcuts without weights (He et al., 2015, section 4.2).</summary>
    ResNet20,

    /// <summary>Five blocks a stage, else as <see cref="ResNet20"/>.</summary>
    ResNet32,

    /// <summary>Nine blocks a stage, else as <see cref="ResNet20"/>.</summary>
    ResNet56,

    /// <summary>
    /// Basic blocks 2, 2, 2, 2 (64 to 512 channels); the first convolution is 3 x 3 and nothing is pooled after it, as usual for small
    /// images.
    /// </summary>
    ResNet18,

    /// <summary>Basic blocks 3, 4, 6, 3, else as <see cref="ResNet18"/>.</summary>
    ResNet34,

    /// <summary>Bottleneck blocks 3, 4, 6, 3 (256 to 2048 channels), else as <see cref="ResNet18"/>.</summary>
    ResNet50,

    /// <summary>VGG-11 with batch normalisation: eight 3 x 3 convolutions, five pools, one linear layer.</summary>
    Vgg11,

    /// <summary>Not of images: a small encoder of texts (<see cref="EncoderNetworks"/>).</summary>
    Encoder,

    /// <summary>Not of images: a small decoder of the Llama family (<see cref="LlamaFile"/>) that predicts the next token.</summary>
    Decoder,
}

/// <summary>Graphs by name and image shape.</summary>
public static class Architectures
{
    private const int SmallestSide = 16;

    private const int LargestSide = 64;

    /// <summary>The name of each, such as <c>resnet8</c>.</summary>
    public static string Name(Architecture architecture) => architecture.ToString().ToLowerInvariant();

    /// <summary>The architecture called <paramref name="name"/>, or null.</summary>
    public static Architecture? Find(string name) =>
        Enum.GetValues<Architecture>().Where(value => Name(value) == name).Select(value => (Architecture?)value).FirstOrDefault();

    /// <summary>The graph for images of one shape.</summary>
    /// <param name="height">
    /// 16 to 64 pixels, as is <paramref name="width"/>; from 32 for VGG-11, which halves its images five times.
    /// </param>
    /// <param name="channels">1 to 4.</param>
    /// <param name="classes">2 to 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size outside of these.</exception>
    public static FloatGraph Build(Architecture architecture, int height, int width, int channels, int classes)
    {
        var smallest = architecture == Architecture.Vgg11 ? 32 : SmallestSide;
        Check(height, smallest, LargestSide, nameof(height));
        Check(width, smallest, LargestSide, nameof(width));
        Check(channels, 1, 4, nameof(channels));
        Check(classes, 2, 1000, nameof(classes));
        var builder = new GraphBuilder(Name(architecture), height, width, channels, classes);
        return architecture switch
        {
            Architecture.LeNet5 => LeNet5(builder, classes),
            Architecture.ResNet8 => ResidualNetworks.Smallest(builder, classes),
            Architecture.ResNet20 => ResidualNetworks.ForCifar(builder, blocks: 3, classes),
            Architecture.ResNet32 => ResidualNetworks.ForCifar(builder, blocks: 5, classes),
            Architecture.ResNet56 => ResidualNetworks.ForCifar(builder, blocks: 9, classes),
            Architecture.ResNet18 => ResidualNetworks.Wide(builder, ResidualNetworks.BasicBlock, [2, 2, 2, 2], classes),
            Architecture.ResNet34 => ResidualNetworks.Wide(builder, ResidualNetworks.BasicBlock, [3, 4, 6, 3], classes),
            Architecture.ResNet50 => ResidualNetworks.Wide(builder, ResidualNetworks.Bottleneck, [3, 4, 6, 3], classes),
            Architecture.Vgg11 => Vgg11(builder, classes),
            Architecture.Encoder or Architecture.Decoder =>
                throw new ArgumentOutOfRangeException(nameof(architecture), architecture, "It takes texts, not images."),
            _ => throw new ArgumentOutOfRangeException(nameof(architecture), architecture, "This architecture is not known."),
        };
    }

    /// <summary>The graph for the examples of a data set.</summary>
    /// <exception cref="InvalidInputException">The architecture takes no such examples.</exception>
    public static FloatGraph For(Architecture architecture, IExamples data)
    {
        try
        {
            return data switch
            {
                Dataset images => Build(architecture, images.Height, images.Width, images.Channels, images.Classes),
                TokenData { Labels.IsEmpty: var predicts } when predicts != (architecture == Architecture.Decoder)
                    && IsOfTokens(architecture) =>
                    throw new ArgumentOutOfRangeException(
                        nameof(architecture), architecture, "An encoder takes labelled texts, a decoder sequences without labels."),
                TokenData { Labels.IsEmpty: true } tokens =>
                    OfTokens(architecture, tokens.Vocabulary, LlamaFile.SmallPositions, tokens.Classes),
                TokenData texts => OfTokens(architecture, texts.Vocabulary, TextFolder.Longest, texts.Classes),
                _ => throw new InvalidOperationException($"Examples of an unknown kind, {data.GetType().Name}."),
            };
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidInputException(
                data.Name, e.ParamName ?? "images", $"{e.ActualValue}", e.Message.Split(" (Parameter")[0],
                $"Choose a data set with examples that {Name(architecture)} takes.");
        }
    }

    /// <summary>The graph for sequences of tokens.</summary>
    /// <param name="vocabulary">2 to 65,536 different tokens.</param>
    /// <param name="positions">Tokens of the longest sequence, 1 to 16,384.</param>
    /// <param name="classes">2 to 1000; of a decoder, as many as there are tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size outside of these, or an architecture of images.</exception>
    public static FloatGraph OfTokens(Architecture architecture, int vocabulary, int positions, int classes)
    {
        if (!IsOfTokens(architecture))
            throw new ArgumentOutOfRangeException(nameof(architecture), architecture, "It takes images, not texts.");
        Check(vocabulary, 2, 65_536, nameof(vocabulary));
        Check(positions, 1, 16_384, nameof(positions));
        if (architecture == Architecture.Decoder)
        {
            Check(classes, vocabulary, vocabulary, nameof(classes));
            return LlamaFile.Small(Name(architecture), vocabulary, positions);
        }

        Check(classes, 2, 1000, nameof(classes));
        return EncoderNetworks.Build(Name(architecture), vocabulary, positions, classes);
    }

    /// <summary>Whether it takes sequences of tokens instead of images.</summary>
    public static bool IsOfTokens(Architecture architecture) => architecture is Architecture.Encoder or Architecture.Decoder;

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

    // Named as in torchvision: a convolution is features.N, its normalisation N + 1, its rectification N + 2; a pool takes a number, too.
    private static FloatGraph Vgg11(GraphBuilder graph, int classes)
    {
        (int Channels, bool Pools)[] plan =
            [(64, true), (128, true), (256, false), (256, true), (512, false), (512, true), (512, false), (512, true)];
        var (x, number) = (FloatGraph.InputName, 0);
        foreach (var (channels, pools) in plan)
        {
            x = graph.Convolution($"features.{number}", x, channels, kernel: 3, padding: 1, normalised: true, relu: true);
            number += 3;
            if (pools) x = graph.MaximumPool($"features.{number++}", x, kernel: 2, stride: 2);
        }

        x = graph.Flatten("flatten", graph.GlobalAveragePool("avgpool", x));
        graph.Linear("classifier", x, classes);
        return graph.Build();
    }

    private static void Check(int value, int minimum, int maximum, string name)
    {
        if (value < minimum || value > maximum)
            throw new ArgumentOutOfRangeException(name, value, $"It must be {minimum} to {maximum}.");
    }
}
