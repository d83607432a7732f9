namespace LutDla.Rtl.Tools;

/// <summary>An external tool is not installed; the message says how it is.</summary>
public sealed class MissingToolException(ExternalTool tool) : ToolException($"{tool.Name} is not installed. Install it: {tool.Mend}");
