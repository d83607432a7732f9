namespace LutDla.Rtl.Tools;

/// <summary>An external tool is not installed; the message says how it is.</summary>
public sealed class MissingToolException(ExternalTool tool, Exception inner)
    : ToolException($"{tool.Name} cannot be started. Install it: apt-get install {tool.Package}", inner);
