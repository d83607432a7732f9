using LutDla.Boundary;
using LutDla.Rtl.Tools;

namespace LutDla.Cli;

/// <summary>An end that is not a result: what to say and with which code to leave.</summary>
internal sealed record Failure(ExitCode ExitCode, IReadOnlyList<InputProblem> Problems, string Message)
{
    /// <summary>Null for a fault of the program itself, which should end with its stack trace.</summary>
    public static Failure? Of(Exception error, Interrupt interrupt) => error switch
    {
        OperationCanceledException when interrupt.Token.IsCancellationRequested => new(interrupt.ExitCode, [], $"{interrupt.ExitCode}."),
        InvalidInputException invalid => new(ExitCode.BadInput, invalid.Problems, ""),
        // The message of the operating system names the path.
        IOException or UnauthorizedAccessException => new(ExitCode.BadInput, [], error.Message),
        ToolException => new(ExitCode.Fault, [], error.Message),
        _ => null,
    };
}
