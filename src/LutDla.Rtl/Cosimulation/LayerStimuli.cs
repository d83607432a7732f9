using LutDla.Golden.Model;
using LutDla.Golden.Reference;
using LutDla.Hardware;
using LutDla.Hardware.Schedule;

namespace LutDla.Rtl.Cosimulation;

/// <summary>
/// The transfers of a layer on every stream of the core, in the order of the schedule: what goes in, and what must come out.
/// Where the core has more elements, centroids, subspaces, rows or columns than the layer, the padding is that of docs/arithmetic.md.
/// </summary>
public sealed class LayerStimuli
{
    private readonly Core _core;
    private readonly LayerData _data;

    public LayerStimuli(Core core, LayerData data)
    {
        (_core, _data) = (core, data);
        Passes = [.. LayerSchedule.Passes(core, data.Shape)];
        var s = core.Streams;
        (Command, Codebook, Activation) = (new BeatList(s.Command.PayloadBits), new BeatList(s.Codebook.PayloadBits), new BeatList(s.Activation.PayloadBits));
        (Table, Parameter) = (new BeatList(s.Table.PayloadBits), new BeatList(s.Parameter.PayloadBits));
        (Index, Result) = (new BeatList(s.Index.PayloadBits), new BeatList(s.Result.PayloadBits));
        foreach (var pass in Passes)
            Add(pass);
    }

    public IReadOnlyList<TilePass> Passes { get; }

    public BeatList Command { get; }

    public BeatList Codebook { get; }

    public BeatList Activation { get; }

    public BeatList Table { get; }

    public BeatList Parameter { get; }

    /// <summary>What the search must find.</summary>
    public BeatList Index { get; }

    /// <summary>What must come out.</summary>
    public BeatList Result { get; }

    /// <summary>A run of these transfers.</summary>
    /// <param name="cycleBudget">A run that takes longer has hung.</param>
    public SimulationRequest Request(StallPattern stalls, bool probeHandshake, long cycleBudget) => new()
    {
        Stimuli = new Dictionary<string, BeatList>
        {
            [_core.Streams.Command.Name] = Command,
            [_core.Streams.Codebook.Name] = Codebook,
            [_core.Streams.Activation.Name] = Activation,
            [_core.Streams.Table.Name] = Table,
            [_core.Streams.Parameter.Name] = Parameter,
        },
        Expected = new Dictionary<string, long> { [_core.Streams.Result.Name] = Result.Count },
        CycleBudget = cycleBudget,
        Stalls = stalls,
        ProbeHandshake = probeHandshake,
        DrainCycles = 64,
    };

    private LutLayer Layer => _data.Layer;

    private void Add(TilePass pass)
    {
        AddCommand(pass);
        AddParameters(pass);
        for (var group = 0; group < pass.Groups; group++)
        {
            AddTables(pass, group);
            if (!pass.Search)
                continue;
            AddCodebooks(group);
            for (var block = 0; block < pass.Blocks; block++)
                AddSearch(pass, group, block);
        }

        for (var row = 0; row < pass.RowCount; row++)
        {
            for (var beat = 0; beat < pass.RowBeats; beat++)
                AddResult(pass, row, beat);
        }
    }

    private void AddCommand(TilePass pass)
    {
        var beat = Command.Add();
        WriteFields(beat, 0, _core.Streams.Command.Fields,
        [
            pass.Blocks - 1, (pass.RowCount - 1) % _core.Rows, pass.Groups - 1, pass.RowBeats - 1,
            pass.Search ? 1 : 0, pass.Keep ? 1 : 0, Layer.OutputMinimum, Layer.OutputMaximum,
        ]);
    }

    private static void WriteFields(Span<byte> beat, int offset, IReadOnlyList<StreamField> fields, ReadOnlySpan<long> values)
    {
        if (fields.Count != values.Length)
            throw new ArgumentException($"{values.Length} values for {fields.Count} fields.", nameof(values));
        for (var i = 0; i < fields.Count; i++)
        {
            BitField.Write(beat, offset, fields[i].Bits, values[i]);
            offset += fields[i].TotalBits;
        }
    }

    private void AddParameters(TilePass pass)
    {
        for (var k = 0; k < pass.RowBeats; k++)
        {
            var beat = Parameter.Add();
            for (var unit = 0; unit < _core.Units; unit++)
            {
                var column = pass.FirstColumn + k * _core.Units + unit;
                if (column >= Layer.OutputChannels)
                    continue;
                WriteFields(beat, unit * _core.ParameterBits, _core.ParameterFields, [Layer.Bias[column], Layer.Multiplier[column], Layer.Shift[column]]);
            }

            BitField.Write(beat, _core.Units * _core.ParameterBits, 1, k == pass.RowBeats - 1 ? 1 : 0);
        }
    }

    private void AddTables(TilePass pass, int group)
    {
        for (var module = 0; module < _core.Modules; module++)
        {
            for (var step = 0; step < _core.LoadSteps; step++)
            {
                for (var entry = 0; entry < _core.Centroids; entry++)
                {
                    for (var chunk = 0; chunk < _core.LoadChunks; chunk++)
                    {
                        AddTableBeat(
                            group * _core.Subspaces + step * _core.LoadSubspaces,
                            entry,
                            pass.FirstColumn + module * _core.Lanes + chunk * _core.LoadLanes);
                    }
                }
            }
        }
    }

    private void AddTableBeat(int firstSubspace, int entry, int firstColumn)
    {
        var beat = Table.Add();
        for (var q = 0; q < _core.LoadSubspaces; q++)
        {
            var subspace = firstSubspace + q;
            if (subspace >= Layer.SubspaceCount || entry >= Layer.CentroidCount)
                continue;
            for (var lane = 0; lane < Math.Min(_core.LoadLanes, Layer.OutputChannels - firstColumn); lane++)
            {
                var value = Layer.Tables[(subspace * Layer.CentroidCount + entry) * Layer.OutputChannels + firstColumn + lane];
                BitField.Write(beat, (q * _core.LoadLanes + lane) * _core.TableBits, _core.TableBits, value);
            }
        }
    }

    private void AddCodebooks(int group)
    {
        for (var centroid = 0; centroid < _core.Centroids; centroid++)
        {
            var beat = Codebook.Add();
            for (var p = 0; p < _core.Subspaces; p++)
            {
                var subspace = group * _core.Subspaces + p;
                if (subspace >= Layer.SubspaceCount)
                    continue;

                // Centroids that the layer lacks are copies of centroid 0, which the tie rule never selects.
                var source = centroid < Layer.CentroidCount ? centroid : 0;
                for (var k = 0; k < Layer.VectorLength; k++)
                {
                    var value = Layer.Codebooks[(subspace * Layer.CentroidCount + source) * Layer.VectorLength + k];
                    BitField.Write(beat, (p * _core.VectorLength + k) * _core.ActivationBits, _core.ActivationBits, value);
                }
            }
        }
    }

    private void AddSearch(TilePass pass, int group, int block)
    {
        var activations = Activation.Add();
        var indices = Index.Add();
        for (var r = 0; r < _core.Rows; r++)
        {
            var row = block * _core.Rows + r;
            for (var p = 0; p < _core.Subspaces; p++)
            {
                var subspace = group * _core.Subspaces + p;
                var place = r * _core.Subspaces + p;
                if (subspace >= Layer.SubspaceCount)
                    continue;
                if (row >= pass.RowCount)
                {
                    // A row that the tile lacks is a row of zeros; its indices count for nothing but are compared all the same.
                    BitField.Write(indices, place * _core.IndexBits, _core.IndexBits, IndexOfZero(subspace));
                    continue;
                }

                var at = (pass.FirstRow + row) * Layer.SubspaceCount + subspace;
                for (var k = 0; k < Layer.VectorLength; k++)
                    BitField.Write(activations, (place * _core.VectorLength + k) * _core.ActivationBits, _core.ActivationBits, _data.SubVectors[at * Layer.VectorLength + k]);
                BitField.Write(indices, place * _core.IndexBits, _core.IndexBits, _data.Indices[at]);
            }
        }
    }

    private int IndexOfZero(int subspace)
    {
        var size = Layer.CentroidCount * Layer.VectorLength;
        return GoldenSearch.Nearest(Layer.Metric, new short[Layer.VectorLength], Layer.Codebooks.AsSpan().Slice(subspace * size, size)).Index;
    }

    private void AddResult(TilePass pass, int row, int beat)
    {
        var payload = Result.Add();
        for (var unit = 0; unit < _core.Units; unit++)
        {
            var column = pass.FirstColumn + beat * _core.Units + unit;
            var value = column < Layer.OutputChannels
                ? _data.Outputs[(pass.FirstRow + row) * Layer.OutputChannels + column]
                : Math.Clamp(0, Layer.OutputMinimum, Layer.OutputMaximum); // a column of zeros, clamped
            BitField.Write(payload, unit * _core.OutputBits, _core.OutputBits, value);
        }

        var last = row == pass.RowCount - 1 && beat == pass.RowBeats - 1;
        BitField.Write(payload, _core.Units * _core.OutputBits, 1, last ? 1 : 0);
    }
}
