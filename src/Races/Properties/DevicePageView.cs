using HmmSim.Protocol;

namespace HmmSim.Races.Properties;

/// <summary>A page as a device maps it.</summary>
/// <param name="Space">The address space.</param>
/// <param name="Page">The page, from 0.</param>
/// <param name="Entry">Its entry.</param>
internal sealed record DevicePageView(int Space, int Page, DeviceEntry Entry);
