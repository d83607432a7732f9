using LutDla.Golden.Model;

namespace LutDla.Golden.Artefact;

internal sealed record ArtefactWindow(int Height, int Width, int StrideHeight, int StrideWidth, int PaddingHeight, int PaddingWidth)
{
    public static ArtefactWindow From(Window w) =>
        new(w.Height, w.Width, w.StrideHeight, w.StrideWidth, w.PaddingHeight, w.PaddingWidth);

    public Window ToWindow() => new()
    {
        Height = Height,
        Width = Width,
        StrideHeight = StrideHeight,
        StrideWidth = StrideWidth,
        PaddingHeight = PaddingHeight,
        PaddingWidth = PaddingWidth,
    };
}
