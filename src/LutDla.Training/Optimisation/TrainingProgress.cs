using System.Globalization;

namespace LutDla.Training.Optimisation;

/// <summary>Where a long computation stands.</summary>
/// <param name="Stage">What is being done: <c>float training</c>, <c>convert conv1</c>.</param>
/// <param name="Done">Steps done, of <paramref name="Total"/>.</param>
/// <param name="Loss">Mean loss since the last report, or null where there is none.</param>
/// <param name="Note">More for people, or null.</param>
/// <param name="Left">How long what is left will take, by what was measured; null as long as too little was.</param>
public sealed record TrainingProgress(
    string Stage, long Done, long Total, double? Loss = null, string? Note = null, TimeSpan? Left = null)
{
    /// <summary>One plain line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Stage}: {Done}/{Total}{(Loss is { } loss ? $", loss {loss:F4}" : "")}{(Note is null ? "" : $", {Note}")}");
}
