using LutDla.Hardware;
using LutDla.Training.Kernels;
using LutDla.Training.Runtime;
using static TorchSharp.torch;

namespace LutDla.Training.Conversion;

/// <summary>
/// A convolution or linear layer while it is converted: weights, centroids and a free residual, from which the integer table follows:
/// table = round(round(centroids) · weights + residual). Everything is in the integers' own units: activation codes and table steps.
/// </summary>
internal sealed class LutMatrix : IDisposable
{
    public LutMatrix(LutGeometry geometry, QuantisationOptions options, TensorScale input, TensorScale output)
    {
        (Geometry, Options, Input, Output) = (geometry, options, input, output);
        var (subspaces, centroids, length) = (geometry.SubspaceCount, geometry.CentroidCount, geometry.VectorLength);
        Weight = zeros(geometry.OutputChannels, geometry.InputChannels, geometry.Window.Height, geometry.Window.Width);
        Centroids = zeros(subspaces, centroids, length);
        Residual = zeros(subspaces, centroids, geometry.OutputChannels);
        Bias = zeros(geometry.OutputChannels);
        Multiplier = zeros(geometry.OutputChannels);
        Shift = zeros(geometry.OutputChannels);
        Sizes = ones(4);
        Averages = new CentroidAverages(geometry);
        Normalisation = new LiveNormalisation(geometry.OutputChannels);
    }

    public LutGeometry Geometry { get; }

    public QuantisationOptions Options { get; }

    /// <summary>What the codes of the input mean.</summary>
    public TensorScale Input { get; }

    public TensorScale Output { get; }

    /// <summary>[out, in, height, width], table steps per activation code.</summary>
    public Tensor Weight { get; }

    /// <summary>[S, c, v], activation codes. Padding elements are 0.</summary>
    public Tensor Centroids { get; }

    /// <summary>[S, c, out], table steps.</summary>
    public Tensor Residual { get; }

    /// <summary>[out], table steps.</summary>
    public Tensor Bias { get; }

    /// <summary>[out], whole numbers.</summary>
    public Tensor Multiplier { get; }

    /// <summary>[out], whole numbers.</summary>
    public Tensor Shift { get; }

    /// <summary>Typical sizes after initialisation, of a weight, a centroid element, a table entry and a normalised sum: the units of learning rates.</summary>
    public Tensor Sizes { get; }

    public CentroidAverages Averages { get; }

    /// <summary>In force while training says so.</summary>
    public LiveNormalisation Normalisation { get; }

    /// <summary>Whether a batch has enough sums of a channel to normalise them: not so where an image is one pixel, as in linear layers.</summary>
    public bool CanNormalise => Geometry.RowsPerImage > 1;

    public int TableMinimum => (int)BitWidth.SignedMinimum(Options.TableBits);

    public int TableMaximum => (int)BitWidth.SignedMaximum(Options.TableBits);

    /// <summary>All tensors by name, for checkpoints.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
    [
        new("weight", Weight), new("centroids", Centroids), new("residual", Residual), new("bias", Bias), new("multiplier", Multiplier),
        new("shift", Shift), new("sizes", Sizes), new("average_counts", Averages.Counts), new("average_sums", Averages.Sums),
        .. Normalisation.State,
    ];

    /// <summary>Centroids as the hardware has them. The gradient passes the rounding.</summary>
    public Tensor IntegerCentroids()
    {
        var values = Centroids.detach();
        var limits = (Minimum: BitWidth.SignedMinimum(Options.ActivationBits), Maximum: BitWidth.SignedMaximum(Options.ActivationBits));
        return Centroids.add(Rounded(values, (int)limits.Minimum, (int)limits.Maximum).add(values, HeldScalars.MinusOne), HeldScalars.One);
    }

    /// <summary>The table before rounding, [S, c, out].</summary>
    public Tensor Table(Tensor integerCentroids) => integerCentroids.bmm(SubspaceWeights(Weight, Geometry)).add(Residual, HeldScalars.One);

    /// <summary>The table as the hardware has it.</summary>
    public Tensor IntegerTable(Tensor table) => Rounded(table.detach(), TableMinimum, TableMaximum);

    /// <summary>Sets multiplier and shift, as close as 16 bits allow.</summary>
    /// <param name="slopes">[out], codes of the output a table step, 0 or more.</param>
    public void SetSlopes(ReadOnlySpan<float> slopes)
    {
        for (var n = 0; n < slopes.Length; n++)
        {
            var factor = RescaleFactor.From(slopes[n]);
            (Multiplier[n], Shift[n]) = ((float)factor.Multiplier, (float)factor.Shift);
        }
    }

    /// <summary>From now on the layer computes by multiplier, shift and bias what it computed by running statistics.</summary>
    public void RestNormalisation()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (slopes, bias) = Normalisation.Fold(LayerInitialiser.MaximumBias);
        SetSlopes(slopes.data<float>().ToArray());
        Bias.copy_(bias);
    }

    /// <summary>Multiplier / 2^shift of each channel, exact.</summary>
    public double[] Slopes()
    {
        var (multipliers, shifts) = (Multiplier.data<float>(), Shift.data<float>());
        var slopes = new double[Geometry.OutputChannels];
        for (var n = 0; n < slopes.Length; n++) slopes[n] = Math.ScaleB(multipliers[n], -(int)shifts[n]);
        return slopes;
    }

    /// <summary>Weights [out, in, height, width] as the hardware's matrix B: [S, v, out], 0 where sub-vectors are padded.</summary>
    public static Tensor SubspaceWeights(Tensor weight, LutGeometry geometry)
    {
        var byOffset = weight.permute(2, 3, 1, 0).reshape(geometry.Window.Area, geometry.InputChannels, geometry.OutputChannels);
        var padding = geometry.SubspacesPerOffset * geometry.VectorLength - geometry.InputChannels;
        return nn.functional.pad(byOffset, [0, 0, 0, padding]).reshape(geometry.SubspaceCount, geometry.VectorLength, geometry.OutputChannels);
    }

    public void Dispose()
    {
        foreach (var (_, tensor) in State) tensor.Dispose();
    }

    private static unsafe Tensor Rounded(Tensor values, int minimum, int maximum)
    {
        var results = empty_like(values);
        TableRounding.Round(NativeValues.Floats(values), NativeValues.Floats(results), values.numel(), minimum, maximum);
        return results;
    }
}
