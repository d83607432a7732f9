using LutDla.Exploration.Synthesis;
using LutDla.Training.Recipe;

namespace LutDla.Benchmarks;

/// <summary>What the command line says besides the names of benchmarks.</summary>
/// <param name="Threads">Of training and conversion; null: as many as libtorch takes.</param>
/// <param name="PresetName">Of the curve's conversions: one of <see cref="Presets"/>.</param>
/// <param name="Visits">Images that training sees; null: what the preset has.</param>
internal sealed record BenchmarkOptions(int? Threads, string PresetName, int? Visits)
{
    /// <summary>Of area: what maps designs.</summary>
    public YosysBuild Yosys { get; init; }

    /// <summary>Of the errors of areas: the file of the cells.</summary>
    public string? Liberty { get; init; }

    /// <summary>Of the errors of areas: the technology file.</summary>
    public string? Technology { get; init; }

    /// <summary>Of the errors of areas: how many.</summary>
    public int Cores { get; init; }

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, ConversionOptions> Presets { get; } = new Dictionary<string, ConversionOptions>
    {
        ["fast"] = ConversionOptions.Fast, ["full"] = ConversionOptions.Full, ["deep"] = ConversionOptions.Deep,
    };

    /// <summary>How the curve's conversions are made, but for the format.</summary>
    public ConversionOptions Conversion => Presets[PresetName] is var preset && Visits is { } visits
        ? preset with { FineTuning = preset.FineTuning with { TableVisits = visits } }
        : preset;
}
