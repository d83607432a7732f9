using System.Runtime.InteropServices;
using LutDla.Boundary;
using LutDla.Rtl.Tools;

namespace LutDla.Cli;

/// <summary>An end that is not a result: what to say and with which code to leave.</summary>
/// <param name="Remark">What is worth knowing besides.</param>
internal sealed record Failure(ExitCode ExitCode, IReadOnlyList<InputProblem> Problems, string Message, string Remark = "")
{
    private static Failure OutOfMemory { get; } = new(
        ExitCode.Fault, [], "There is not enough memory for this. Use fewer examples or threads at once, smaller images, or a larger machine.");

    /// <summary>Null for a fault of the program itself, which should end with its stack trace.</summary>
    public static Failure? Of(Exception error, Interrupt interrupt) => error switch
    {
        OperationCanceledException when interrupt.Token.IsCancellationRequested => new(interrupt.ExitCode, [], $"{interrupt.ExitCode}."),
        InvalidInputException invalid => new(ExitCode.BadInput, invalid.Problems, "", invalid.Remark),
        // The message of the operating system names the path.
        IOException or UnauthorizedAccessException => new(ExitCode.BadInput, [], error.Message),
        ToolException => new(ExitCode.Fault, [], error.Message),
        OutOfMemoryException => OutOfMemory,
        // libtorch says so in its own words.
        ExternalException when error.Message.Contains("can't allocate memory", StringComparison.Ordinal) => OutOfMemory,
        _ => null,
    };
}
