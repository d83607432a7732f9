namespace LutDla.Fuzz;

/// <summary>How a command ended.</summary>
/// <param name="Exception">What was not caught; empty if all was.</param>
/// <param name="AllocatedBytes">Of managed memory, all together; 0 where it ran as a process.</param>
internal sealed record CommandEnd(int ExitCode, string Output, string Error, string Exception, TimeSpan Time, long AllocatedBytes);
