namespace HmmSim.Protocol.Topology;

/// <summary>How pages get from one device to another.</summary>
public enum PeerCopy : byte
{
    /// <summary>The owner's copy engine writes into the requester's memory (nvidia-uvm where peers reach each other).</summary>
    Direct = 0,

    /// <summary>Two copies, with staging frames in RAM of the home (amdkfd and xe always; nvidia-uvm without peer access).</summary>
    ThroughRam,
}
