namespace LutDla.Rtl.Tools;

/// <summary>A finished entry of a <see cref="ContentCache"/>.</summary>
/// <param name="Path">The folder; read only.</param>
/// <param name="WasCached">Nothing had to be built.</param>
public sealed record CachedFolder(string Path, bool WasCached);
