using LutDla.Hardware;
using LutDla.Networks.Kernels;
using LutDla.Networks.Runtime;
using LutDla.Training.Formats;
using LutDla.Training.Initialisation;
using LutDla.Training.Kernels;
using static TorchSharp.torch;

namespace LutDla.Training.IntegerNetwork;

/// <summary>
/// A convolution or linear layer while it is converted: weights, centroids and a free residual, from which the integer table follows:
/// table = round(round(centroids) · weights + residual). The steps of the sums are those of the table.
/// </summary>
internal sealed class LutMatrix : ConvertedMatrix
{
    /// <param name="readsTokens">
    /// Whether it computes for each token of a sequence: batches have many, though an image would have one pixel.
    /// </param>
    public LutMatrix(LutGeometry geometry, LayerFormat format, TensorScale input, TensorScale output, bool readsTokens = false)
        : base(format, input, output, [geometry.OutputChannels, geometry.InputChannels, geometry.Window.Height, geometry.Window.Width])
    {
        (Geometry, CanNormalise) = (geometry, readsTokens || geometry.RowsPerImage > 1);
        var (subspaces, centroids, length) = (geometry.SubspaceCount, geometry.CentroidCount, geometry.VectorLength);
        Centroids = zeros(subspaces, centroids, length);
        Residual = zeros(subspaces, centroids, geometry.OutputChannels);
        Sizes = ones(4);
        LogTemperature = zeros(1);
        Averages = new CentroidAverages(geometry);
        Normalisation = new LiveNormalisation(geometry.OutputChannels);
        Search = new ImageSearch(geometry, format.Metric, format.ActivationBits, input.Minimum, input.Maximum);
    }

    public LutGeometry Geometry { get; }

    /// <summary>[S, c, v], activation codes. Padding elements are 0.</summary>
    public Tensor Centroids { get; }

    /// <summary>[S, c, out], table steps.</summary>
    public Tensor Residual { get; }

    /// <summary>
    /// [4]: typical sizes after initialisation, of a weight, a centroid element, a table entry and a normalised sum: the units of learning
    /// rates.
    /// </summary>
    public Tensor Sizes { get; }

    /// <summary>
    /// [1]: the natural logarithm of the layer's temperature of soft assignment over the recipe's. Counts where the recipe has one.
    /// </summary>
    public Tensor LogTemperature { get; }

    public CentroidAverages Averages { get; }

    public ImageSearch Search { get; }

    /// <summary>In force while training says so.</summary>
    public LiveNormalisation Normalisation { get; }

    /// <summary>
    /// Whether a batch has enough sums of a channel to normalise them: not so where an image, or a whole sequence, is one pixel.
    /// </summary>
    public bool CanNormalise { get; }

    public int TableMinimum => (int)BitWidth.SignedMinimum(Format.TableBits);

    public int TableMaximum => (int)BitWidth.SignedMaximum(Format.TableBits);

    public override IEnumerable<KeyValuePair<string, Tensor>> State =>
    [
        .. base.State, new("centroids", Centroids), new("residual", Residual), new("sizes", Sizes), new("log_temperature", LogTemperature),
        new("average_counts", Averages.Counts), new("average_sums", Averages.Sums), .. Normalisation.State,
    ];

    public override T Match<T>(Func<LutMatrix, T> lut, Func<ExactMatrix, T> exact) => lut(this);

    public override void Match(Action<LutMatrix> lut, Action<ExactMatrix> exact) => lut(this);

    /// <summary>Centroids as the hardware has them. The gradient passes the rounding.</summary>
    public Tensor IntegerCentroids()
    {
        var values = Centroids.detach();
        var limits = (Minimum: BitWidth.SignedMinimum(Format.ActivationBits), Maximum: BitWidth.SignedMaximum(Format.ActivationBits));
        return Centroids.add(Round(values, (int)limits.Minimum, (int)limits.Maximum).add(values, HeldScalars.MinusOne), HeldScalars.One);
    }

    /// <summary>The table before rounding, [S, c, out].</summary>
    public Tensor Table(Tensor integerCentroids) => integerCentroids.bmm(SubspaceWeights(Weight, Geometry)).add(Residual, HeldScalars.One);

    /// <summary>The table as the hardware has it.</summary>
    public Tensor IntegerTable(Tensor table) => Round(table.detach(), TableMinimum, TableMaximum);

    /// <summary>From now on the layer computes by multiplier, shift and bias what it computed by running statistics.</summary>
    public void RestNormalisation()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (slopes, bias) = Normalisation.Fold(LayerInitialiser.MaximumBias);
        SetSlopes([.. slopes.data<float>().ToArray().Select(slope => (double)slope)]);
        Bias.copy_(bias);
    }

    /// <summary>Weights [out, in, height, width] as the hardware's matrix B: [S, v, out], 0 where sub-vectors are padded.</summary>
    public static Tensor SubspaceWeights(Tensor weight, LutGeometry geometry)
    {
        var byOffset = weight.permute(2, 3, 1, 0).reshape(geometry.Window.Area, geometry.InputChannels, geometry.OutputChannels);
        var padding = geometry.SubspacesPerOffset * geometry.VectorLength - geometry.InputChannels;
        return nn.functional.pad(byOffset, [0, 0, 0, padding])
            .reshape(geometry.SubspaceCount, geometry.VectorLength, geometry.OutputChannels);
    }

    private static unsafe Tensor Round(Tensor values, int minimum, int maximum)
    {
        var results = empty_like(values);
        TableRounding.Round(NativeValues.Floats(values), NativeValues.Floats(results), values.numel(), minimum, maximum);
        return results;
    }
}
