using System.Runtime.InteropServices;

namespace LutDla.Cli;

/// <summary>
/// The first Ctrl-C or SIGTERM asks the work to stop and clean up; a second one ends the process at once. Where SIGINT is ignored
/// (under <c>nohup</c>, in the background of a script) it stays so: the runtime takes no signal that was ignored from the start.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interrupt() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cancel(context, ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cancel(context, ExitCode.Terminated)),
    ];

    public CancellationToken Token => _source.Token;

    /// <summary>Of the first signal.</summary>
    public ExitCode ExitCode { get; private set; }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Cancel(PosixSignalContext context, ExitCode code)
    {
        context.Cancel = !_source.IsCancellationRequested;
        if (context.Cancel)
            ExitCode = code;
        _source.Cancel();
    }
}
