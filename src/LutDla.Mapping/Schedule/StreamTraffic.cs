using LutDla.Hardware;

namespace LutDla.Mapping.Schedule;

/// <summary>Bits that cross the streams of a core, whole beats counted.</summary>
public readonly record struct StreamTraffic(long Codebooks, long Activations, long Tables, long Parameters, long Results)
{
    public long Total => Inputs + Results;

    /// <summary>What goes in.</summary>
    public long Inputs => Codebooks + Activations + Tables + Parameters;

    /// <summary>Codebooks and tables of a group, in bits.</summary>
    public static long OfLoads(Core core) =>
        (long)core.CodebookLoadBeats * core.Search.CodebookBeatBits + (long)core.TableLoadBeats * core.Matching.TableBeatBits;

    /// <summary>Of all passes of a layer.</summary>
    public static StreamTraffic Of(Core core, LayerShape shape)
    {
        var sum = default(StreamTraffic);
        foreach (var (pass, count) in LayerSchedule.Kinds(core, shape, stackalloc (TilePass, long)[LayerSchedule.MostKinds]))
            sum += Of(core, pass) * count;
        return sum;
    }

    /// <summary>Of a pass.</summary>
    public static StreamTraffic Of(Core core, in TilePass pass)
    {
        var searchedGroups = pass.Search ? (long)pass.Groups : 0;
        return new(
            searchedGroups * core.CodebookLoadBeats * core.Search.CodebookBeatBits,
            searchedGroups * pass.Blocks * core.Search.ActivationBeatBits,
            (long)pass.Groups * core.TableLoadBeats * core.Matching.TableBeatBits,
            (long)pass.RowBeats * core.RescaleUnits * core.ParameterBits,
            (long)pass.ResultBeats * core.RescaleUnits * core.OutputBits);
    }

    public static StreamTraffic operator +(StreamTraffic a, StreamTraffic b) => new(
        a.Codebooks + b.Codebooks, a.Activations + b.Activations, a.Tables + b.Tables, a.Parameters + b.Parameters, a.Results + b.Results);

    public static StreamTraffic operator *(StreamTraffic traffic, long times) => new(
        traffic.Codebooks * times, traffic.Activations * times, traffic.Tables * times, traffic.Parameters * times,
        traffic.Results * times);
}
