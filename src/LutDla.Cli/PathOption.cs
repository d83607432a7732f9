using System.CommandLine;

namespace LutDla.Cli;

/// <summary>What becomes of what an option names.</summary>
internal enum PathUse
{
    /// <summary>It is read; or a folder that gets further files.</summary>
    Stays,

    /// <summary>A file that is written, whatever was there.</summary>
    IsWritten,

    /// <summary>The same, and while that takes, another one beside it keeps a stopped run.</summary>
    IsWrittenResumably,

    /// <summary>A folder that is written as a whole, with a lock beside it.</summary>
    IsReplaced,
}

/// <summary>An option whose values are paths.</summary>
internal interface IPathOption
{
    PathUse Use { get; }
}

/// <inheritdoc cref="IPathOption"/>
internal sealed class PathOption<T>(string name, PathUse use) : Option<T>(name), IPathOption
{
    public PathUse Use => use;
}
