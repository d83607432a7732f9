using LutDla.Baseline.Arrays;
using LutDla.Mapping.Streams;

namespace LutDla.Baseline.Products;

/// <summary>What goes into the streams of an array for a product.</summary>
public sealed class ArrayBeats
{
    private readonly MacArray _array;
    private readonly MatrixProduct _product;

    /// <exception cref="ArgumentException">A sum has more steps than the array keeps or counts.</exception>
    public ArrayBeats(MacArray array, MatrixProduct product)
    {
        (_array, _product) = (array, product);
        var ports = array.Ports;
        (Commands, Weights) = (new BeatList(ports.Command.PayloadBits), new BeatList(ports.Weight.PayloadBits));
        (Activations, Parameters) = (new BeatList(ports.Activation.PayloadBits), new BeatList(ports.Parameter.PayloadBits));
        Passes = [.. ArrayPass.Of(array, product.Shape)];
        foreach (var pass in Passes)
        {
            AddCommand(pass);
            AddParameters(pass);
            if (array.Dataflow == Dataflow.OutputStationary)
                AddBlockByBlock(pass);
            else
                AddStepByStep(pass);
        }
    }

    public IReadOnlyList<ArrayPass> Passes { get; }

    public BeatList Commands { get; }

    public BeatList Weights { get; }

    public BeatList Activations { get; }

    public BeatList Parameters { get; }

    /// <summary>By the name of the stream.</summary>
    public IReadOnlyDictionary<string, BeatList> All => new Dictionary<string, BeatList>
    {
        [_array.Ports.Command.Name] = Commands,
        [_array.Ports.Weight.Name] = Weights,
        [_array.Ports.Activation.Name] = Activations,
        [_array.Ports.Parameter.Name] = Parameters,
    };

    private void AddCommand(ArrayPass pass)
    {
        var beat = Commands.Add();
        foreach (var field in _array.Ports.Command.Fields)
        {
            BitField.Write(beat, field.Low, field.Bits, field.Name switch
            {
                "last_block" => pass.Blocks - 1,
                "last_row" => pass.LastRows - 1,
                "last_step" => pass.Steps - 1,
                "last_beat" => pass.RowBeats - 1,
                "keep" => pass.Keep ? 1 : 0,
                "minimum" => _product.Minimum,
                "maximum" => _product.Maximum,
                _ => throw new InvalidOperationException($"No value is known for the field {field.Name}."),
            });
        }
    }

    private void AddParameters(ArrayPass pass)
    {
        var port = _array.Ports.Parameter;
        var (bits, units) = (_array.Rescale.ParameterBits, _array.Config.RescaleUnits);
        for (var b = 0; b < pass.RowBeats; b++)
        {
            var beat = Parameters.Add();
            for (var unit = 0; unit < units && b * units + unit < pass.ColumnCount; unit++)
            {
                var rescale = _product.Rescale[pass.FirstColumn + b * units + unit];
                var offset = unit * bits;
                foreach (var field in _array.Rescale.ParameterFields)
                {
                    BitField.Write(beat, offset, field.Bits, field.Name switch
                    {
                        "bias" => rescale.Bias,
                        "multiplier" => rescale.Multiplier,
                        "shift" => rescale.Shift,
                        _ => throw new InvalidOperationException($"No value is known for the field {field.Name}."),
                    });
                    offset += field.Bits;
                }
            }

            BitField.Write(beat, port.OffsetOf("last"), 1, b == pass.RowBeats - 1 ? 1 : 0);
        }
    }

    private void AddBlockByBlock(ArrayPass pass)
    {
        for (var step = 0; step < pass.Steps; step++)
            AddWeights(pass, step);
        for (var block = 0; block < pass.Blocks && pass.Fetch; block++)
        {
            for (var step = 0; step < pass.Steps; step++)
                AddActivations(pass, block, step);
        }
    }

    private void AddStepByStep(ArrayPass pass)
    {
        for (var step = 0; step < pass.Steps; step++)
        {
            AddWeights(pass, step);
            for (var block = 0; block < pass.Blocks && pass.Fetch; block++)
                AddActivations(pass, block, step);
        }
    }

    // Unit by unit of the chains, chunk by chunk of the columns.
    private void AddWeights(ArrayPass pass, int step)
    {
        var (load, bits) = (_array.Config.LoadColumns, _array.Config.Operands.WeightBits);
        for (var unit = 0; unit < _array.Config.Chain; unit++)
        {
            for (var chunk = 0; chunk < _array.LoadChunks; chunk++)
            {
                var beat = Weights.Add();
                for (var k = 0; k < load * DotUnit.Products; k++)
                {
                    var column = pass.FirstColumn + chunk * load + k / DotUnit.Products;
                    var element = step * _array.StepProducts + unit * DotUnit.Products + k % DotUnit.Products;
                    BitField.Write(beat, k * bits, bits, At(_product.Weights, element, column));
                }
            }
        }
    }

    private void AddActivations(ArrayPass pass, int block, int step)
    {
        var bits = _array.Config.Operands.ActivationBits;
        var beat = Activations.Add();
        for (var k = 0; k < _array.Config.Rows * _array.StepProducts; k++)
        {
            var row = pass.FirstRow + block * _array.Config.Rows + k / _array.StepProducts;
            var element = step * _array.StepProducts + k % _array.StepProducts;
            BitField.Write(beat, k * bits, bits, At(_product.Activations, row, element));
        }
    }

    // Beyond a matrix all is 0.
    private static int At(int[,] matrix, int row, int column) =>
        row < matrix.GetLength(0) && column < matrix.GetLength(1) ? matrix[row, column] : 0;
}
