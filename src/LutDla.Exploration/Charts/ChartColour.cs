namespace LutDla.Exploration.Charts;

/// <summary>Colours that stay apart for colour-blind eyes and in grey print.</summary>
/// <remarks>M. Okabe and K. Ito, Color Universal Design.</remarks>
public enum ChartColour
{
    Black,
    Grey,
    Blue,
    Vermilion,
    Green,
}
