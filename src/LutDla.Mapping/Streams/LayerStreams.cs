using LutDla.Golden.Model;
using LutDla.Hardware;
using LutDla.Mapping.Schedule;

namespace LutDla.Mapping.Streams;

/// <summary>
/// The transfers that go into the core for a layer, stream by stream, in the order of the schedule. Where the core has more elements,
/// centroids, subspaces, rows or columns than the layer, the padding is that of docs/arithmetic.md.
/// </summary>
public sealed class LayerStreams
{
    private readonly Core _core;
    private readonly LayerData _data;

    /// <param name="passes">In the order in which the core is to run them.</param>
    public LayerStreams(Core core, LayerData data, IEnumerable<TilePass> passes)
    {
        (_core, _data) = (core, data);
        Passes = [.. passes];
        var s = core.Streams;
        (Command, Parameter) = (new BeatList(s.Command.PayloadBits), new BeatList(s.Parameter.PayloadBits));
        (Codebook, Activation) = (new BeatList(s.Codebook.PayloadBits), new BeatList(s.Activation.PayloadBits));
        Table = new BeatList(s.Table.PayloadBits);
        foreach (var pass in Passes)
            Add(pass);
    }

    /// <summary>As <see cref="LayerSchedule"/> has it.</summary>
    public LayerStreams(Core core, LayerData data)
        : this(core, data, LayerSchedule.Passes(core, data.Shape))
    {
    }

    public IReadOnlyList<TilePass> Passes { get; }

    public BeatList Command { get; }

    public BeatList Codebook { get; }

    public BeatList Activation { get; }

    public BeatList Table { get; }

    public BeatList Parameter { get; }

    /// <summary>Result beats that the commands ask for: a run has ended when they have come.</summary>
    public long ResultBeats => Passes.Sum(p => (long)p.ResultBeats);

    /// <summary>All of them by the name of the stream.</summary>
    public IReadOnlyDictionary<string, BeatList> ByName => new Dictionary<string, BeatList>
    {
        [_core.Streams.Command.Name] = Command,
        [_core.Streams.Codebook.Name] = Codebook,
        [_core.Streams.Activation.Name] = Activation,
        [_core.Streams.Table.Name] = Table,
        [_core.Streams.Parameter.Name] = Parameter,
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
                AddActivations(pass, group, block);
        }
    }

    private void AddCommand(TilePass pass)
    {
        var beat = Command.Add();
        WriteFields(beat, 0, _core.Streams.Command.Fields,
        [
            pass.Blocks - 1, (pass.RowCount - 1) % _core.RowsInParallel, pass.Groups - 1, pass.RowBeats - 1,
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
            for (var unit = 0; unit < _core.RescaleUnits; unit++)
            {
                var column = pass.FirstColumn + k * _core.RescaleUnits + unit;
                if (column >= Layer.OutputChannels)
                    continue;
                WriteFields(
                    beat, unit * _core.ParameterBits, _core.ParameterFields,
                    [Layer.Bias[column], Layer.Multiplier[column], Layer.Shift[column]]);
            }

            BitField.Write(beat, _core.RescaleUnits * _core.ParameterBits, 1, k == pass.RowBeats - 1 ? 1 : 0);
        }
    }

    private void AddTables(TilePass pass, int group)
    {
        for (var module = 0; module < _core.MatchingModules; module++)
        {
            for (var step = 0; step < _core.LoadSteps; step++)
            {
                for (var entry = 0; entry < _core.Centroids; entry++)
                {
                    for (var chunk = 0; chunk < _core.LoadChunks; chunk++)
                    {
                        AddTableBeat(
                            group * _core.SubspacesInParallel + step * _core.LoadSubspaces,
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
            for (var p = 0; p < _core.SubspacesInParallel; p++)
            {
                var subspace = group * _core.SubspacesInParallel + p;
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

    private void AddActivations(TilePass pass, int group, int block)
    {
        var beat = Activation.Add();
        for (var r = 0; r < Math.Min(_core.RowsInParallel, pass.RowCount - block * _core.RowsInParallel); r++)
        {
            for (var p = 0; p < Math.Min(_core.SubspacesInParallel, Layer.SubspaceCount - group * _core.SubspacesInParallel); p++)
            {
                var row = pass.FirstRow + block * _core.RowsInParallel + r;
                var at = row * Layer.SubspaceCount + group * _core.SubspacesInParallel + p;
                for (var k = 0; k < Layer.VectorLength; k++)
                {
                    var place = ((r * _core.SubspacesInParallel + p) * _core.VectorLength + k) * _core.ActivationBits;
                    BitField.Write(beat, place, _core.ActivationBits, _data.SubVectors[at * Layer.VectorLength + k]);
                }
            }
        }
    }
}
