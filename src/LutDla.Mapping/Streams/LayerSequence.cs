using LutDla.Hardware;
using LutDla.Mapping.Schedule;

namespace LutDla.Mapping.Streams;

/// <summary>Layers that a core runs one after the other without a pause or a reset: their transfers behind each other.</summary>
public sealed class LayerSequence(Core core, IReadOnlyList<LayerData> layers)
{
    public IReadOnlyList<LayerData> Layers => layers;

    /// <summary>Of each layer.</summary>
    public IReadOnlyList<LayerStreams> Streams { get; } = [.. layers.Select(layer => new LayerStreams(core, layer))];

    /// <summary>Of all layers.</summary>
    public IEnumerable<TilePass> Passes => Streams.SelectMany(s => s.Passes);

    /// <inheritdoc cref="LayerStreams.ResultBeats"/>
    public long ResultBeats => Streams.Sum(s => s.ResultBeats);

    /// <inheritdoc cref="LayerStreams.ByName"/>
    public IReadOnlyDictionary<string, BeatList> ByName()
    {
        var all = core.Streams.All.Where(s => s.Role == StreamRole.Input).ToDictionary(s => s.Name, s => new BeatList(s.PayloadBits));
        foreach (var (name, beats) in Streams.SelectMany(s => s.ByName))
            all[name].Append(beats);
        return all;
    }
}
