using Spectre.Console.Rendering;

namespace LutDla.Cli.Output;

/// <summary>
/// Keeps control sequences that stand in a file, in the name of a layer or of a tool's complaint, from the terminal: there they
/// would move the cursor, set a title, or send what looks like typed text.
/// </summary>
internal sealed class HarmlessText : IRenderHook
{
    /// <summary>The text with a replacement character for each control character but line feeds and tabs.</summary>
    public static string Of(string text) =>
        text.Any(IsHarmful) ? string.Concat(text.Select(c => IsHarmful(c) ? '\uFFFD' : c)) : text;

    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
        renderables.Select(r => new Filtered(r));

    private static bool IsHarmful(char c) => char.IsControl(c) && c is not ('\n' or '\t');

    private sealed class Filtered(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        // What moves the cursor on purpose is marked as such.
        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth)
            .Select(s => s.IsControlCode || s.IsLineBreak || !s.Text.Any(IsHarmful) ? s : new Segment(Of(s.Text), s.Style));
    }
}
