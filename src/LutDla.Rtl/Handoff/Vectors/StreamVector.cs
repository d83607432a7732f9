using LutDla.Hardware;
using LutDla.Mapping.Streams;

namespace LutDla.Rtl.Handoff.Vectors;

/// <summary>The beats of one stream for a layer.</summary>
/// <param name="Cycles">Of each beat where nothing stalls, 0 the first after the reset; nothing where that is not said.</param>
internal sealed record StreamVector(CoreStream Stream, BeatList Beats, IReadOnlyList<long>? Cycles);
