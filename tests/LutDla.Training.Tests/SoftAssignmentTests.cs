using LutDla.Golden.Model;
using LutDla.Networks.Graphs;
using LutDla.Networks.Runtime;
using LutDla.Training.Formats;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.Tests;

/// <summary>The kernel of soft assignment against its definition, and how temperatures get their gradient.</summary>
public sealed class SoftAssignmentTests
{
    private static readonly Window Pointwise = new() { Height = 1, Width = 1 };

    private static readonly Window Square = new() { Height = 3, Width = 3, PaddingHeight = 1, PaddingWidth = 1 };

    private static readonly Window Strided =
        new() { Height = 3, Width = 2, StrideHeight = 2, StrideWidth = 3, PaddingHeight = 1, PaddingWidth = 1 };

    // Sub-vectors of four elements and others, the last ones cut or not; whole and cut blocks of images.
    private static readonly (int Count, int Channels, Window Window, int Length, int Centroids, int Outputs)[] Shapes =
    [
        (3, 6, Strided, 4, 5, 3), (40, 7, Pointwise, 3, 16, 10), (32, 5, Square, 1, 2, 7), (2, 10, Square, 6, 16, 4),
        (5, 9, Strided, 8, 7, 1), (70, 8, Pointwise, 4, 16, 20), (33, 8, Square, 2, 6, 5),
    ];

    public SoftAssignmentTests() => TorchRuntime.EnsureLoaded(threads: 1);

    public static MatrixTheoryData<int, double> Cases { get; } = new(Enumerable.Range(0, Shapes.Length), [0.3, 1, 20]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_are_those_of_the_soft_sums(int shape, double temperature)
    {
        using var scope = NewDisposeScope();
        var layer = new Layer(Shapes[shape], seed: 3 + shape);
        using var images = layer.Images.clone().requires_grad_();
        using var logarithm = tensor(Math.Log(temperature)).requires_grad_();
        SoftLoss(layer, images, logarithm).backward();

        foreach (var threads in new[] { 1, 3 })
        {
            TorchRuntime.EnsureLoaded(threads);
            var (found, change) = layer.Gradient(temperature);
            Close(images.grad, found);
            Close(images.grad, layer.Gradient(temperature, movesTemperature: false).Images);
            var expected = logarithm.grad?.item<double>() ?? 0;
            Assert.NotEqual(0, expected);
            Assert.InRange(change - expected, -1e-3 * layer.Size, 1e-3 * layer.Size);
        }
    }

    [Fact]
    public void The_temperatures_gradient_is_what_the_soft_loss_changes_by()
    {
        using var scope = NewDisposeScope();
        const double Step = 1e-4;
        var layer = new Layer(Shapes[0], seed: 2);
        double Loss(double logarithm) => SoftLoss(layer, layer.Images, tensor(logarithm)).item<double>();

        var difference = (Loss(Math.Log(2) + Step) - Loss(Math.Log(2) - Step)) / (2 * Step);
        var change = layer.Gradient(temperature: 2).LogTemperature;

        Assert.True(Math.Abs(difference) > 1, "The loss does not change enough to tell anything.");
        Assert.InRange(change / difference, 0.999, 1.001);
    }

    [Fact]
    public void A_search_takes_the_layers_own_temperature_and_gives_it_a_gradient_where_it_moves()
    {
        using var scope = NewDisposeScope();
        var layer = new Layer(Shapes[0], seed: 4);
        var format = new TensorScale(1, -128, 127);
        var op = new MatrixOperation(
            "layer", ["x"], layer.Geometry.InputChannels, layer.Geometry.OutputChannels, layer.Geometry.Window, Normalised: false,
            Relu: false);
        using var matrix = new LutMatrix(
            layer.Geometry, new QuantisationOptions { CentroidCount = layer.Geometry.CentroidCount }.FormatOf(op), format, format);
        matrix.LogTemperature.fill_(MathF.Log(3));
        var expected = layer.Gradient(temperature: 1.5);

        Assert.Null(Temperature(moves: false, soft: 0.5, out var images));
        Close(expected.Images, images);
        Assert.Equal(
            expected.LogTemperature, Temperature(moves: true, soft: 0.5, out images) ?? 0, Math.Abs(expected.LogTemperature) * 1e-4);
        Close(expected.Images, images);
        Assert.Equal(0, Temperature(moves: true, soft: 0, out _) ?? 0);

        double? Temperature(bool moves, double soft, out Tensor? gradient)
        {
            matrix.LogTemperature.grad?.zero_();
            matrix.LogTemperature.requires_grad_(moves);
            var inputs = layer.Images.to(ScalarType.Float32).requires_grad_();
            var call = new LutCall(matrix, NeedsInputGradient: true, soft);
            var sums = LutFunction.apply(
                inputs, layer.Table.to(ScalarType.Float32), layer.Centroids.to(ScalarType.Float32), matrix.Weight, matrix.LogTemperature,
                call);
            (sums * layer.Direction).sum().backward();
            gradient = inputs.grad;
            return matrix.LogTemperature.grad?.item<float>();
        }
    }

    private static Tensor SoftLoss(Layer layer, Tensor images, Tensor logarithm) =>
        (SoftSums(layer, images, logarithm.exp()) * layer.Direction).sum();

    // Offset by offset and block by block, in the order of the subspaces.
    private static Tensor SoftSums(Layer layer, Tensor images, Tensor temperature)
    {
        var (geometry, window) = (layer.Geometry, layer.Geometry.Window);
        var missing = geometry.SubspacesPerOffset * geometry.VectorLength - geometry.InputChannels;
        var padded = nn.functional.pad(
            images, [0, missing, window.PaddingWidth, window.PaddingWidth, window.PaddingHeight, window.PaddingHeight]);
        var distances = new List<Tensor>();
        for (var s = 0; s < geometry.SubspaceCount; s++)
        {
            var (offset, block) = Math.DivRem(s, geometry.SubspacesPerOffset);
            var (y, x) = Math.DivRem(offset, window.Width);
            var inputs = padded.slice(1, y, y + (geometry.OutputHeight - 1) * window.StrideHeight + 1, window.StrideHeight)
                .slice(2, x, x + (geometry.OutputWidth - 1) * window.StrideWidth + 1, window.StrideWidth)
                .narrow(3, block * geometry.VectorLength, geometry.VectorLength).reshape(-1, 1, geometry.VectorLength);
            distances.Add((inputs - layer.Centroids[s].unsqueeze(0)).square().sum([2]));
        }

        var all = stack(distances);
        var unit = all.detach().amin([2]).mean() * temperature;
        return nn.functional.softmax(-all / unit, 2).bmm(layer.Table).sum([0])
            .reshape(images.shape[0], geometry.OutputHeight, geometry.OutputWidth, geometry.OutputChannels);
    }

    private static void Close(Tensor? expected, Tensor? actual)
    {
        Assert.NotNull(expected);
        Assert.NotNull(actual);
        Assert.Equal(expected.shape, actual.shape);
        var largest = expected.to(ScalarType.Float64).abs().max().item<double>();
        Assert.True(largest > 0, "There is no gradient to compare.");
        Assert.True((expected - actual).to(ScalarType.Float64).abs().max().item<double>() < 1e-3 * largest);
    }

    /// <summary>A layer, images and the gradient of its sums, in double precision.</summary>
    private sealed class Layer
    {
        public Layer((int Count, int Channels, Window Window, int Length, int Centroids, int Outputs) shape, int seed)
        {
            using var generator = new Generator((ulong)seed);
            Geometry = new LutGeometry(5, 7, shape.Channels, shape.Outputs, shape.Window, shape.Length, shape.Centroids);
            var (subspaces, centroids) = (Geometry.SubspaceCount, Geometry.CentroidCount);
            Images = (Draw(shape.Count, 5, 7, shape.Channels) * 30).round();
            Table = Draw(subspaces, centroids, shape.Outputs) * 20;
            Direction = Draw(shape.Count, Geometry.OutputHeight, Geometry.OutputWidth, shape.Outputs);
            Centroids = (Draw(subspaces, centroids, shape.Length) * 30).round();
            for (var s = 0; s < subspaces; s++)
            {
                // Padding elements are 0.
                if (Geometry.Elements(s) < shape.Length)
                    Centroids[s].narrow(1, Geometry.Elements(s), shape.Length - Geometry.Elements(s)).zero_();
            }

            Tensor Draw(params long[] sizes) => randn(sizes, ScalarType.Float64, generator: generator);
        }

        public LutGeometry Geometry { get; }

        public Tensor Images { get; }

        public Tensor Table { get; }

        public Tensor Centroids { get; }

        public Tensor Direction { get; }

        /// <summary>What sums of independent parts of the temperature's gradient are like.</summary>
        public double Size => 20 * Math.Sqrt(Direction.numel() * Geometry.SubspaceCount);

        public (Tensor Images, double LogTemperature) Gradient(double temperature, bool movesTemperature = true) => SoftAssignment.Gradient(
            Geometry, Direction.to(ScalarType.Float32), Images.to(ScalarType.Float32), Table.to(ScalarType.Float32),
            Centroids.to(ScalarType.Float32), temperature, movesTemperature);
    }
}
