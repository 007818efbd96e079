using System.Globalization;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;

namespace HmmSim.Nodes.Cluster.Hosting;

/// <summary>Writes Akka's warnings and errors to the error stream, one line each with the time in UTC.</summary>
internal sealed class ErrorStreamLogger : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    /// <summary>The logger.</summary>
    public ErrorStreamLogger()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(entry => Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.Timestamp.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ} "
            + $"{entry.LogLevel().ToString().Replace("Level", "", StringComparison.Ordinal).ToLowerInvariant()} {entry.Message}")));
    }
}
