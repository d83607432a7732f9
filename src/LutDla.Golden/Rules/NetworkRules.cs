using System.Collections.Immutable;
using System.Text.RegularExpressions;
using LutDla.Boundary;
using LutDla.Golden.Model;

namespace LutDla.Golden.Rules;

/// <summary>
/// What makes a <see cref="QuantizedNetwork"/> legal: names, order, shapes through the graph, and the range of every number.
/// </summary>
public static partial class NetworkRules
{
    /// <summary>Every rule that <paramref name="network"/> breaks; empty for a legal network.</summary>
    /// <param name="file">What the messages call it; the network's name by default.</param>
    public static IReadOnlyList<InputProblem> Problems(QuantizedNetwork network, string? file = null)
    {
        var problems = new ProblemList(file ?? network.Name);
        Walk(network, problems);
        return problems.Problems;
    }

    /// <summary>Refuses an illegal network.</summary>
    /// <exception cref="InvalidInputException">Holds every problem.</exception>
    public static void Check(QuantizedNetwork network, string? file = null)
    {
        var problems = Problems(network, file);
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
    }

    /// <summary>The shape of the quantised image and of every node's output, by name.</summary>
    /// <exception cref="InvalidInputException">The network is illegal.</exception>
    public static ImmutableDictionary<string, ImageShape> Shapes(QuantizedNetwork network) =>
        Facts(network).ToImmutableDictionary(f => f.Key, f => f.Value.Shape);

    /// <summary>Shape and range of values of the quantised image and of every node's output, by name.</summary>
    internal static IReadOnlyDictionary<string, TensorFacts> Facts(QuantizedNetwork network)
    {
        Check(network);
        return Walk(network, new ProblemList(network.Name));
    }

    /// <summary>Checks names alone, which a reader must trust before it looks anything up by them.</summary>
    internal static void CheckNames(string networkName, IReadOnlyList<string> nodeNames, ProblemList problems)
    {
        CheckName("name", networkName, problems);
        problems.InRange("nodes", nodeNames.Count, 1, NetworkLimits.Nodes, "nodes");
        var seen = new HashSet<string>(StringComparer.Ordinal) { InputQuantizer.NodeName };
        foreach (var name in nodeNames.Take(NetworkLimits.Nodes))
        {
            CheckName("nodes.name", name, problems);
            if (!seen.Add(name))
                problems.Add("nodes.name", name, $"Names must be unique; \"{InputQuantizer.NodeName}\" is the image.");
        }
    }

    private static void CheckName(string key, string name, ProblemList problems)
    {
        if (name.Length > NetworkLimits.NameLength || !LegalName().IsMatch(name))
        {
            problems.Add(key, name.Length > NetworkLimits.NameLength ? name[..NetworkLimits.NameLength] + "..." : name,
                $"A name has 1 to {NetworkLimits.NameLength} of A-Z a-z 0-9 _ . - and begins with none of . and -");
        }
    }

    private static Dictionary<string, TensorFacts> Walk(QuantizedNetwork network, ProblemList problems)
    {
        var nodes = network.Nodes.IsDefault ? [] : network.Nodes;
        CheckNames(network.Name, [.. nodes.Select(n => n.Name)], problems);
        if (network.Data is { IsLegal: false } data)
            problems.Add("data", $"{data.Kind} {data.Name}", "It must name a data set, file or folder, and have the SHA-256 of a file.");
        if (network.ResultScale is { } scale && !(scale > 0 && double.IsFinite(scale)))
            problems.Add("result_scale", $"{scale}", "It must be more than 0 and finite.");
        var known = new Dictionary<string, TensorFacts>(StringComparer.Ordinal);
        if (InputRules.Facts(network.Input, problems) is { } image)
            known[InputQuantizer.NodeName] = image;
        var declared = new HashSet<string>(StringComparer.Ordinal) { InputQuantizer.NodeName };
        var all = nodes.Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in nodes.Take(NetworkLimits.Nodes))
        {
            var inputs = InputFacts(node, declared, all, known, problems);
            CheckScope(node, network.Input.Vocabulary is not null, problems);
            if (node.Accept(new NodeFacts(inputs, problems)) is { } facts)
                known[node.Name] = facts;
            declared.Add(node.Name);
        }

        RunBudget.Check(network, known, problems);
        return known;
    }

    private static void CheckScope(Node node, bool isOfTokens, ProblemList problems)
    {
        if (isOfTokens && node.Scope == NodeScope.Images)
            problems.Add(
                node.Name, node.GetType().Name, "A network of tokens has layers with windows of 1 x 1 and neither pool nor flatten.");
        else if (!isOfTokens && node.Scope == NodeScope.Tokens)
            problems.Add(
                $"{node.Name}.kind", node.GetType().Name, "Only networks of tokens, whose input has a vocabulary, have such nodes.");
    }

    // One entry an input; null where the shape is unknown because of a problem that is reported elsewhere.
    private static TensorFacts?[] InputFacts(
        Node node, HashSet<string> declared, HashSet<string> all, Dictionary<string, TensorFacts> known, ProblemList problems)
    {
        var inputs = node.Inputs.IsDefault ? [] : node.Inputs;
        var expected = Math.Clamp(inputs.Length, node.Arity.Least, node.Arity.Most);
        if (inputs.Length != expected)
            problems.Add($"{node.Name}.inputs", $"{inputs.Length} inputs", $"This operation takes {node.Arity}.");
        foreach (var name in inputs.Where(n => !declared.Contains(n)))
        {
            problems.Add($"{node.Name}.inputs", name, all.Contains(name)
                ? "An input must name an earlier node: the graph is in topological order and has no cycle."
                : "An input must name a node or the image.");
        }

        return [.. Enumerable.Range(0, expected).Select(i => i < inputs.Length ? known.GetValueOrDefault(inputs[i]) : null)];
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]*\z")]
    private static partial Regex LegalName();
}

/// <summary>What is known of a tensor before anything runs.</summary>
/// <param name="Minimum">No value is lower.</param>
/// <param name="Maximum">No value is higher.</param>
internal sealed record TensorFacts(ImageShape Shape, int Minimum, int Maximum);
