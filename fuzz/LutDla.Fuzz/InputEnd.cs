namespace LutDla.Fuzz;

/// <summary>How an input ended, in a line between two processes.</summary>
/// <param name="ExitCode">Null: it was begun.</param>
/// <param name="Bytes">Of managed memory taken, all together.</param>
internal sealed record InputEnd(long Number, string Target, int? ExitCode, double Seconds, long Bytes, bool IsFault)
{
    public static InputEnd Begun(FuzzInput input) => new(input.Number, input.Target.Name, null, 0, 0, false);

    public static InputEnd Of(Verdict verdict) => new(
        verdict.Input.Number, verdict.Input.Target.Name, verdict.End.ExitCode, verdict.End.Time.TotalSeconds, verdict.End.AllocatedBytes,
        verdict.Fault is not null);
}
