namespace HmmSim.Protocol.Tests.Exploration;

/// <summary>One interleaving that went wrong: the script, the choices that lead there, and every delivery on the way.</summary>
internal sealed class InterleavingException(Script script, IReadOnlyList<int> choices, IReadOnlyList<string> log, Exception cause)
    : Exception($"{script}\nchoices {string.Join(' ', choices)}\n{string.Join("\n", log)}\n{cause.Message}", cause);
