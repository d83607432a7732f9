using LutDla.Boundary;
using Spectre.Console;

namespace LutDla.Cli.Output;

/// <summary>Text for people: colour and live bars on a terminal, plain lines everywhere else.</summary>
internal sealed class Terminal
{
    // Wide enough that a table in a log is not folded.
    private const int PlainWidth = 140;

    private readonly IAnsiConsole _console;

    public Terminal(TextWriter writer)
    {
        var redirected = writer == Console.Error ? Console.IsErrorRedirected : Console.IsOutputRedirected;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(writer),
        });
        _console.Pipeline.Attach(new HarmlessText());
        IsLive = !redirected && _console.Profile.Capabilities.Ansi;
        if (redirected)
            _console.Profile.Width = PlainWidth;
    }

    /// <summary>Whether lines may be redrawn.</summary>
    public bool IsLive { get; }

    /// <summary>Writes text as it is but for control sequences, whatever the width of the terminal.</summary>
    public void Text(string text) => _console.Profile.Out.Writer.Write(HarmlessText.Of(text));

    public void Line(string text) => _console.WriteLine(text);

    public void Table(Table table) => _console.Write(table.Border(IsLive ? TableBorder.Rounded : TableBorder.Ascii));

    /// <summary>Runs long work and shows how far it is.</summary>
    public Task<T> TrackAsync<T>(string what, Func<Track, Task<T>> work) =>
        IsLive ? Track.LiveAsync(_console, what, work) : Track.PlainAsync(_console, what, work);

    public void Failure(Failure failure)
    {
        Problems(failure.Problems);
        if (failure.Message.Length > 0)
            _console.MarkupLineInterpolated($"[red]{failure.Message}[/]");
        if (failure.Remark.Length > 0)
            _console.MarkupLineInterpolated($"{OnOneLine(failure.Remark)}");
    }

    public void Problems(IReadOnlyList<InputProblem> problems)
    {
        foreach (var (line, isHead) in ProblemText.Of(problems))
        {
            if (isHead)
                _console.MarkupLineInterpolated($"[red]{OnOneLine(line)}[/]");
            else
                _console.MarkupLineInterpolated($"{OnOneLine(line)}");
        }
    }

    // A value with line breaks must not look like another message.
    private static string OnOneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
