using System.Globalization;
using System.Numerics;
using LutDla.Hardware;
using LutDla.Mapping;
using LutDla.Rtl.Handoff;
using LutDla.Rtl.Rendering;
using LutDla.Rtl.Tools;
using HardwareCore = LutDla.Hardware.Core;

namespace LutDla.Cosim.Tests.Integration;

/// <summary>A hand-off folder by itself, as a stranger gets it: its files may be changed, and make plays its vectors.</summary>
internal sealed class PlayedFolder : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public PlayedFolder(HardwareCore core, LayerData layer)
    {
        Layer = layer.Name;
        foreach (var file in HandoffFolder.Of(core, TemplateRenderer.Default, [layer], withBeatJson: true))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_scratch.File(file.Path)) ?? _scratch.Path);
            File.WriteAllText(_scratch.File(file.Path), file.Text);
        }
    }

    public string Layer { get; }

    public void Dispose() => _scratch.Dispose();

    /// <param name="arguments">Of make.</param>
    public Task<ToolOutput> PlayAsync(params string[] arguments) =>
        ExternalTool.Make.TryRunAsync(_scratch.Path, arguments, TestContext.Current.CancellationToken);

    /// <summary>Replaces a text that a file has exactly once.</summary>
    public void Replace(string file, string sound, string faulty)
    {
        var text = File.ReadAllText(_scratch.File(file));
        Assert.Equal(2, text.Split(sound).Length);
        File.WriteAllText(_scratch.File(file), text.Replace(sound, faulty, StringComparison.Ordinal));
    }

    /// <summary>The beats of a stream, a line each.</summary>
    public List<string> Beats(string stream) => [.. File.ReadAllLines(Vector(stream))];

    public void SetBeats(string stream, IEnumerable<string> beats) => File.WriteAllText(Vector(stream), string.Concat(beats.Select(b => b + "\n")));

    /// <summary>Gives a field of a beat another value.</summary>
    public void Set(CoreStream stream, int beat, string field, int value)
    {
        var (low, bits) = (stream.Field(field).Low, stream.Field(field).Bits);
        var mask = ((BigInteger.One << bits) - 1) << low;
        var beats = Beats(stream.Name);
        var payload = BigInteger.Parse("0" + beats[beat], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        payload = payload - (payload & mask) + (((BigInteger)value << low) & mask);
        beats[beat] = payload.ToString("x", CultureInfo.InvariantCulture);
        SetBeats(stream.Name, beats);
    }

    private string Vector(string stream) => _scratch.File($"sim/vectors/{Layer}/{stream}.hex");
}
