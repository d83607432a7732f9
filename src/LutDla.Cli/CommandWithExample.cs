using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace LutDla.Cli;

/// <summary>A command whose help ends with a command line that works.</summary>
internal sealed class CommandWithExample(string name, string description, string example) : Command(name, description)
{
    public string Example => example;
}

/// <summary>The parser's help, with the example below it.</summary>
internal sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is CommandWithExample command)
            parseResult.InvocationConfiguration.Output.Write($"Example:\n  {command.Example}\n\n");
        return code;
    }
}
