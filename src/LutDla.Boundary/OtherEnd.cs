namespace LutDla.Boundary;

/// <summary>
/// Waits for who is at the other end of a pipe or a device. The system's calls for that know no cancellation, so that they have a thread
/// of their own, which ends with the process.
/// </summary>
public static class OtherEnd
{
    // Of the work that goes on, not of the process: several may run in one.
    private static readonly AsyncLocal<CancellationToken> Cancellation = new();

    /// <summary>From now on the work, and all that it begins, waits only until this is cancelled.</summary>
    public static void WaitUntil(CancellationToken cancellation) => Cancellation.Value = cancellation;

    /// <summary>What <paramref name="work"/> returns, which may wait for the other end.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before it has ended; it is left alone.</exception>
    public static T Await<T>(Func<T> work) => Task.Run(work).WaitAsync(Cancellation.Value).GetAwaiter().GetResult();

    /// <inheritdoc cref="Await{T}"/>
    public static void Await(Action work) => Task.Run(work).WaitAsync(Cancellation.Value).GetAwaiter().GetResult();
}
