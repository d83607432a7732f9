namespace LutDla.Cli;

/// <summary>What the process says to a script.</summary>
internal enum ExitCode
{
    Success = 0,

    /// <summary>The work ran and its result is not as it should be: a mismatch, a missed bound, a missing tool found by doctor.</summary>
    Mismatch = 1,

    /// <summary>The command line or a file that it names is wrong; nothing was done.</summary>
    BadInput = 2,

    /// <summary>LutDla or an external tool failed.</summary>
    Fault = 3,

    /// <summary>Ctrl-C (128 + SIGINT).</summary>
    Interrupted = 130,

    /// <summary>Asked to end, by a scheduler for instance (128 + SIGTERM).</summary>
    Terminated = 143,
}
