using System.Text.Json.Serialization;

namespace LutDla.Exploration.Synthesis;

/// <summary>What the choice of cells of a Liberty file aims at. Which one gives the smaller design depends on the design.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MappingGoal>))]
public enum MappingGoal
{
    /// <summary>Few levels first, then few cells where time is left.</summary>
    Delay,

    /// <summary>Small cells, however many levels.</summary>
    Area,
}
