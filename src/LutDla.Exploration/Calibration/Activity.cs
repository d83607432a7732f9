using LutDla.Hardware.Modules;
using LutDla.Mapping.Costs;

namespace LutDla.Exploration.Calibration;

/// <summary>The shares of the time, 0 to 1, in which parts of a core are busy.</summary>
/// <param name="Search">Codebooks loaded, sub-vectors searched.</param>
/// <param name="Lookup">Tables read, sums made.</param>
/// <param name="Tables">Tables loaded.</param>
/// <param name="Results">Sums rescaled and sent.</param>
public readonly record struct Activity(double Search, double Lookup, double Tables, double Results)
{
    /// <summary>Every part busy all the time: more than any layer does.</summary>
    public static Activity Full { get; } = new(1, 1, 1, 1);

    /// <param name="cycles">Of the whole layer.</param>
    public static Activity Of(PartCycles parts, long cycles) => new(
        Share(parts.Search, cycles), Share(parts.Lookup, cycles), Share(parts.Tables, cycles), Share(parts.Results, cycles));

    /// <summary>Of what a module has to do with: the other shares are 0.</summary>
    /// <param name="place">See <see cref="Occurrence.Path"/>.</param>
    public Activity At(string place) => place.Split('.')[0] switch
    {
        "u_search_commands" or "u_ccm" => new(Search, 0, 0, 0),
        "u_index_buffer" => new(Search, Lookup, 0, 0),
        "u_table_loader" => new(0, 0, Tables, 0),
        "u_drain" or "u_drain_commands" => new(0, 0, 0, Results),
        "gen_module[*]" => new(0, Lookup, Tables, Results),
        _ => new(0, Lookup, 0, Results),
    };

    private static double Share(long part, long cycles) => Math.Min(1, (double)part / cycles);
}
