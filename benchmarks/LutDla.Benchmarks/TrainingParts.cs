using LutDla.Networks.Data;
using LutDla.Networks.Graphs;
using LutDla.Networks.Kernels;
using LutDla.Training.FineTuning;
using LutDla.Training.Formats;
using LutDla.Training.IntegerNetwork;
using LutDla.Training.Kernels;
using LutDla.Training.Optimisation;
using LutDla.Training.Recipe;
using static TorchSharp.torch;

namespace LutDla.Benchmarks;

/// <summary>One part of a training step, in all layers.</summary>
/// <param name="ShareOfSteps">In how many steps it is done, 0 to 1.</param>
internal sealed record TrainingPart(string Name, Action Run, double ShareOfSteps = 1);

/// <summary>The parts of a training step that can be run alone, each on what enters it in the network, on one batch.</summary>
internal sealed unsafe class TrainingParts : IDisposable
{
    private readonly LutNetwork _network;

    private readonly Teacher _teacher;

    private readonly ImageBatch _batch;

    private readonly List<LayerTensors> _layers = [];

    private readonly List<AdditionTensors> _additions = [];

    private readonly AdamOptimiser _adam;

    public TrainingParts(LutNetwork network, Dataset data, FineTuningOptions options)
    {
        (_network, _teacher) = (network, new Teacher(network.Source));
        _batch = ImageBatch.Whole(data, Enumerable.Range(0, options.BatchImages));
        Visit();
        _adam = new AdamOptimiser([.. _layers.SelectMany(layer => layer.Trained)]);
        All =
        [
            new("teacher's forward pass", Teach),
            new("search", () => Each(layer => layer.Search())),
            new("gather", () => Each(layer => layer.Gather())),
            new("scatter", () => Each(layer => layer.Scatter())),
            new("input gradient", () => Each(layer => layer.InputGradient())),
            new("normalisation, rescale", Rescale),
            new("tables, Adam", Tables),
            new("following centroids", () => Each(layer => layer.Follow()), options.FollowingShare / CentroidAverages.Interval),
        ];
    }

    /// <summary>In the order of a step.</summary>
    public IReadOnlyList<TrainingPart> All { get; }

    public void Dispose()
    {
        _adam.Dispose();
        _teacher.Dispose();
    }

    // Runs the batch through the network and keeps what enters each layer.
    private void Visit()
    {
        using var noGradient = no_grad();
        var codes = new Dictionary<string, Tensor> { [FloatGraph.InputName] = _batch.Levels(_network.InputCodes()) };
        foreach (var op in _network.Graph.Operations)
        {
            Tensor[] inputs = [.. op.Inputs.Select(name => codes[name])];
            codes[op.Name] = _network.Apply(op, inputs);
            if (op is MatrixOperation && _network.Matrices[op.Name] is LutMatrix matrix)
                _layers.Add(new LayerTensors(matrix, inputs[0], op.Inputs[0] != FloatGraph.InputName));
            if (op is AddOperation add)
                _additions.Add(new AdditionTensors(inputs[0], inputs[1], _network.AddFactors(add), _network.Scales[op.Name]));
        }
    }

    private void Each(Action<LayerTensors> run)
    {
        using var scope = NewDisposeScope();
        foreach (var layer in _layers) run(layer);
    }

    private void Teach()
    {
        using var scope = NewDisposeScope();
        _teacher.Results(_batch);
    }

    private void Rescale()
    {
        Each(layer => layer.Rescale());
        using var scope = NewDisposeScope();
        foreach (var addition in _additions) addition.Run();
    }

    // At rate 0, so that all steps see one network.
    private void Tables()
    {
        Each(layer => layer.Tables());
        _adam.Step(step: 0, rate: 0);
    }

    /// <summary>What enters and leaves one LUT layer.</summary>
    private sealed class LayerTensors
    {
        private readonly LutMatrix _matrix;
        private readonly bool _needsInputGradient;
        private readonly Tensor _images;
        private readonly Tensor _codebooks;
        private readonly Tensor _table;
        private readonly Tensor _indices;
        private readonly Tensor _sums;
        private readonly Tensor _gradient;
        private readonly Tensor _tableGradient;

        public LayerTensors(LutMatrix matrix, Tensor images, bool needsInputGradient)
        {
            var geometry = matrix.Geometry;
            (_matrix, _images, _needsInputGradient) = (matrix, images, needsInputGradient);
            _codebooks = matrix.IntegerCentroids().contiguous();
            _table = matrix.Table(_codebooks).detach();
            _indices = empty([geometry.SubspaceCount, images.shape[0] * geometry.RowsPerImage], dtype: ScalarType.Byte);
            _sums = empty([images.shape[0], geometry.OutputHeight, geometry.OutputWidth, geometry.OutputChannels]);
            _tableGradient = empty_like(_table);
            Search();
            Gather();
            _gradient = randn_like(_sums);
        }

        /// <summary>Tensors that the table stage moves.</summary>
        public IEnumerable<TrainedTensor> Trained =>
        [
            new("weight", _matrix.Weight), new("residual", _matrix.Residual), new("gain", _matrix.Normalisation.Gain),
            new("offset", _matrix.Normalisation.Offset),
        ];

        public void Search() => _matrix.Search.Run(
            NativeValues.Floats(_images), (int)_images.shape[0],
            new ReadOnlySpan<float>(NativeValues.Floats(_codebooks), (int)_codebooks.numel()), NativeValues.Bytes(_indices));

        public void Gather() => LutFunction.Gather(_matrix, _table, _indices, _sums);

        public void Scatter() => JointTableSums.Scatter(
            NativeValues.Bytes(_indices), NativeValues.Floats(_gradient), NativeValues.Floats(_tableGradient),
            _matrix.Geometry.SubspaceCount, _matrix.Geometry.CentroidCount, (int)_indices.shape[1], _matrix.Geometry.OutputChannels);

        public void InputGradient()
        {
            if (_needsInputGradient) ExactProduct.InputGradient(_matrix.Geometry, _gradient, _matrix.Weight.detach());
        }

        /// <summary>Forward and back.</summary>
        public void Rescale()
        {
            MayMove();
            using var sums = _sums.detach().requires_grad_();
            _matrix.Normalisation.Apply(sums, _matrix.Output).backward([_gradient]);
        }

        /// <summary>Forward and back.</summary>
        public void Tables()
        {
            MayMove();
            var table = _matrix.Table(_matrix.IntegerCentroids());
            _matrix.IntegerTable(table);
            TableRounding.Mask(
                NativeValues.Floats(table), NativeValues.Floats(_tableGradient), table.numel(), _matrix.TableMinimum, _matrix.TableMaximum);
            table.backward([_tableGradient]);
        }

        public void Follow() => _matrix.Averages.Follow(_images, _indices, new Random(1), _matrix.Centroids);

        // Training leaves the tensors without gradients.
        private void MayMove()
        {
            foreach (var trained in Trained) trained.Value.requires_grad_();
        }
    }

    /// <summary>What enters and leaves one residual addition.</summary>
    private sealed class AdditionTensors(Tensor a, Tensor b, (RescaleFactor A, RescaleFactor B) factors, TensorScale output)
    {
        private readonly Tensor _gradient = randn_like(a);

        /// <summary>Forward and back.</summary>
        public void Run()
        {
            using var left = a.detach().requires_grad_();
            using var right = b.detach().requires_grad_();
            AddFunction.apply(left, right, factors.A, factors.B, output).backward([_gradient]);
        }
    }
}
