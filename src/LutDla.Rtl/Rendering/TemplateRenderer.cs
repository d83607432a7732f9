using System.Collections.Concurrent;
using LutDla.Hardware;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace LutDla.Rtl.Rendering;

/// <summary>
/// Renders templates: a pure function of template and model with every lenient default of Scriban off, because a missing name
/// that renders as nothing makes legal but wrong Verilog. Safe to use from several threads.
/// </summary>
/// <param name="templateDirectory">Folder that template names and <c>include</c> names are relative to.</param>
public sealed class TemplateRenderer(string templateDirectory)
{
    private readonly ConcurrentDictionary<string, Template> _parsed = new(StringComparer.Ordinal);

    /// <summary>The templates of this build: <c>hdl-templates</c> beside the assembly.</summary>
    public static TemplateRenderer Default { get; } = new(Path.Combine(AppContext.BaseDirectory, "hdl-templates"));

    public bool Has(string fileName) => File.Exists(Path.Combine(templateDirectory, fileName));

    /// <summary>The text of a file that is no template: a cell, a waiver list. Lines end in a line feed.</summary>
    /// <exception cref="TemplateException">The file is missing.</exception>
    public string Copy(string fileName) => Has(fileName)
        ? File.ReadAllText(Path.Combine(templateDirectory, fileName)).ReplaceLineEndings("\n")
        : throw new TemplateException($"{fileName} is missing from {templateDirectory}.");

    /// <param name="templateName">File name below the template directory, with forward slashes: <c>ccm/ccu_tree.v.scriban</c>.</param>
    /// <param name="model">Public properties become snake_case variables: <c>ElementBits</c> is <c>element_bits</c>.</param>
    /// <exception cref="TemplateException">See there; the message holds template, line and column.</exception>
    public string Render(string templateName, object model)
    {
        try
        {
            return Parse(templateName).Render(Context(model));
        }
        catch (ScriptRuntimeException e)
        {
            throw new TemplateException($"{templateName} cannot be rendered: {e.Message}", e);
        }
    }

    private TemplateContext Context(object model)
    {
        var variables = new ScriptObject();
        variables.Import(model);
        variables.Import("bus", (int bits) => $"[{bits - 1}:0]");
        variables.Import("one", (int bits) => $"{bits}'d1");
        variables.Import("packed", Packed); // these three are the only functions that templates have
        var context = new TemplateContext
        {
            TemplateLoader = new Includes(this),
            StrictVariables = true,
            EnableRelaxedMemberAccess = false,
            EnableRelaxedIndexerAccess = false,
            EnableRelaxedTargetAccess = false,
            LoopLimit = 0, // the default is a total over all loops, which a table of 1024 words exceeds
            NewLine = "\n",
        };
        context.PushGlobal(variables);
        return context;
    }

    // A vector of signals whose names are a prefix and a field's name: the first field is the lowest.
    private static string Packed(string prefix, IEnumerable<StreamField> fields) =>
        $"{{{string.Join(", ", fields.Reverse().Select(f => prefix + f.Name))}}}";

    private Template Parse(string templateName) => _parsed.GetOrAdd(templateName, name =>
    {
        var template = Template.Parse(Copy(name), name);
        return template.HasErrors
            ? throw new TemplateException($"{name} does not parse:\n{string.Join('\n', template.Messages)}")
            : template;
    });

    private sealed class Includes(TemplateRenderer renderer) : ITemplateLoader
    {
        public string GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) => templateName;

        public string Load(TemplateContext context, SourceSpan callerSpan, string templatePath) => renderer.Copy(templatePath);

        public ValueTask<string?> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath) =>
            ValueTask.FromResult<string?>(renderer.Copy(templatePath));
    }
}
