namespace HmmSim.Protocol.Tests.Concurrency;

/// <summary>What an address permits, as the model knows it.</summary>
internal enum Access
{
    Unmapped,
    Read,
    ReadWrite,
}
