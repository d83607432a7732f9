namespace LutDla.Rtl.Tools;

/// <summary>An external tool is missing or refused its input; the message holds the command line and what the tool said.</summary>
public class ToolException(string message, Exception? inner = null) : Exception(message, inner);
