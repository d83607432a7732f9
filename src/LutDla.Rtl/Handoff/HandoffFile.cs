namespace LutDla.Rtl.Handoff;

/// <summary>One file of a hand-off folder.</summary>
/// <param name="Path">Below the folder, with forward slashes.</param>
/// <param name="Text">Lines ended by a line feed.</param>
public sealed record HandoffFile(string Path, string Text);
