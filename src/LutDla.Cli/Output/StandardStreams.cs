namespace LutDla.Cli.Output;

/// <summary>What becomes of text that cannot be written to the standard output or error: a full disk behind it, or nothing.</summary>
/// <remarks>A reader that has gone away (<c>| head</c>) is no fault: the runtime drops what nobody reads, and the work goes on.</remarks>
internal static class StandardStreams
{
    /// <summary>From now on a failure of the output says so, and one of the error, of which nobody could be told, is silent.</summary>
    public static void Guard()
    {
        Console.SetOut(Writer(new Guarded(
            Console.OpenStandardOutput(),
            error => throw new IOException($"The standard output cannot be written: {error.Message}", error))));
        Console.SetError(Writer(new Guarded(Console.OpenStandardError(), _ => { })));
    }

    private static StreamWriter Writer(Stream stream) => new(stream, Console.OutputEncoding) { AutoFlush = true };

    private sealed class Guarded(Stream inner, Action<Exception> fail) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count)
        {
            try
            {
                inner.Write(buffer, offset, count);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                fail(error);
            }
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
