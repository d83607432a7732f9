namespace LutDla.Rtl.Tools;

/// <summary>What an external tool left behind.</summary>
public sealed record ToolOutput(int ExitCode, string StandardOutput, string StandardError, TimeSpan Elapsed);
