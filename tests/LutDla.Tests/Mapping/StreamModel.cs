using LutDla.Golden.Reference;
using LutDla.Hardware;
using LutDla.Mapping.Streams;
using LutDla.Rtl.Cosimulation;

namespace LutDla.Tests.Mapping;

/// <summary>
/// What docs/core.md says a core makes of its streams, beat by beat, without time: it knows nothing of layers or schedules. Reads each
/// stream from the front, as commands ask for it.
/// </summary>
internal sealed class StreamModel(Core core, IReadOnlyDictionary<string, BeatList> streams)
{
    private readonly Dictionary<string, int> _taken = [];
    private readonly BeatList _indices = new(core.Streams.Index.PayloadBits);
    private readonly BeatList _results = new(core.Streams.Result.PayloadBits);
    private readonly List<long[]> _kept = []; // of each index beat of the tile, indices of R rows of P subspaces

    /// <summary>The transfers of the index monitor and of the results.</summary>
    public (TransferLog Indices, TransferLog Results) Run()
    {
        for (var k = 0; k < streams[core.Streams.Command.Name].Count; k++)
            Run(Fields(core.Streams.Command));
        Assert.All(streams, s => Assert.Equal(s.Value.Count, _taken.GetValueOrDefault(s.Key))); // no beat is left over
        return (Log("index", _indices), Log("result", _results));
    }

    private void Run(long[] command)
    {
        var (blocks, lastRow, groups, rowBeats) = (command[0] + 1, command[1], command[2] + 1, command[3] + 1);
        if (command[4] == 1)
            _kept.Clear();
        var sums = new long[blocks * core.RowsInParallel, core.Columns];
        for (var group = 0; group < groups; group++)
        {
            var codebook = command[4] == 1 ? Codebook() : null;
            var table = Table();
            for (var block = 0; block < blocks; block++)
            {
                if (codebook is not null)
                    _kept.Add(Search(codebook));
                Add(sums, block, table, _kept[(int)(group * blocks + block)]);
            }
        }

        Assert.Equal(blocks * groups, _kept.Count);
        Drain(sums, (blocks - 1) * core.RowsInParallel + lastRow + 1, rowBeats, (int)command[6], (int)command[7]);
        if (command[5] == 0)
            _kept.Clear();
    }

    // [c, P, v].
    private short[][][] Codebook() =>
        [.. Enumerable.Range(0, core.Centroids).Select(_ => Vectors(core.Streams.Codebook, core.SubspacesInParallel))];

    private short[][] Vectors(CoreStream stream, int count)
    {
        var beat = Next(stream.Name);
        return
        [
            .. Enumerable.Range(0, count).Select(vector => Enumerable.Range(0, core.VectorLength).Select(
                k => Element(beat, vector * core.VectorLength + k)).ToArray()),
        ];
    }

    private short Element(byte[] beat, int place) => (short)BitField.ReadSigned(beat, place * core.ActivationBits, core.ActivationBits);

    // [P, c, columns].
    private long[,,] Table()
    {
        var table = new long[core.SubspacesInParallel, core.Centroids, core.Columns];
        for (var k = 0; k < core.TableLoadBeats; k++)
        {
            var (chunk, row) = (k % core.LoadChunks, k / core.LoadChunks);
            var (entry, part) = (row % core.Centroids, row / core.Centroids);
            var (step, module) = (part % core.LoadSteps, part / core.LoadSteps);
            var beat = Next(core.Streams.Table.Name);
            for (var field = 0; field < core.LoadSubspaces * core.LoadLanes; field++)
            {
                var subspace = step * core.LoadSubspaces + field / core.LoadLanes;
                var lane = chunk * core.LoadLanes + field % core.LoadLanes;
                table[subspace, entry, module * core.Lanes + lane] = BitField.ReadSigned(beat, field * core.TableBits, core.TableBits);
            }
        }

        return table;
    }

    private long[] Search(short[][][] codebook)
    {
        var vectors = Vectors(core.Streams.Activation, core.RowsInParallel * core.SubspacesInParallel);
        var beat = _indices.Add();
        var found = new long[vectors.Length];
        for (var place = 0; place < vectors.Length; place++)
        {
            var centroids = codebook.SelectMany(c => c[place % core.SubspacesInParallel]).ToArray();
            found[place] = GoldenSearch.Nearest(core.Metric, vectors[place], centroids).Index;
            BitField.Write(beat, place * core.IndexBits, core.IndexBits, found[place]);
        }

        return found;
    }

    private void Add(long[,] sums, int block, long[,,] table, long[] indices)
    {
        for (var place = 0; place < indices.Length; place++)
        {
            for (var column = 0; column < core.Columns; column++)
                sums[block * core.RowsInParallel + place / core.SubspacesInParallel, column] +=
                    table[place % core.SubspacesInParallel, indices[place], column];
        }
    }

    private void Drain(long[,] sums, long rows, long rowBeats, int minimum, int maximum)
    {
        var parameters = Enumerable.Range(0, (int)rowBeats).Select(_ => Next(core.Streams.Parameter.Name)).ToArray();
        Assert.Equal(
            Enumerable.Range(1, (int)rowBeats).Select(k => k == rowBeats ? 1L : 0),
            parameters.Select(beat => BitField.ReadUnsigned(beat, core.RescaleUnits * core.ParameterBits, 1)));
        for (var row = 0; row < rows; row++)
        {
            for (var k = 0; k < rowBeats; k++)
            {
                var beat = _results.Add();
                for (var unit = 0; unit < core.RescaleUnits; unit++)
                {
                    var p = Fields(parameters[k], unit * core.ParameterBits, core.ParameterFields);
                    var sum = sums[row, k * core.RescaleUnits + unit];
                    var result = GoldenRescale.Apply(sum + p[0], (int)p[1], (int)p[2], minimum, maximum);
                    BitField.Write(beat, unit * core.OutputBits, core.OutputBits, result);
                }

                BitField.Write(beat, core.RescaleUnits * core.OutputBits, 1, row == rows - 1 && k == rowBeats - 1 ? 1 : 0);
            }
        }
    }

    private long[] Fields(CoreStream stream) => Fields(Next(stream.Name), 0, stream.Fields);

    private static long[] Fields(byte[] beat, int offset, IReadOnlyList<StreamField> fields) => [.. fields.Select(field =>
    {
        var at = offset;
        offset += field.Bits;
        return field.Meaning.EndsWith("signed", StringComparison.Ordinal) && !field.Meaning.EndsWith("unsigned", StringComparison.Ordinal)
            ? BitField.ReadSigned(beat, at, field.Bits)
            : BitField.ReadUnsigned(beat, at, field.Bits);
    })];

    private byte[] Next(string stream)
    {
        var k = _taken.GetValueOrDefault(stream);
        _taken[stream] = k + 1;
        return streams[stream][k].ToArray();
    }

    private static TransferLog Log(string stream, BeatList beats) =>
        new(stream, [.. Enumerable.Range(0, beats.Count).Select(k => (long)k)], beats);
}
