using System.Net;
using HmmSim.Nodes.Cluster.Hosting;
using HmmSim.Nodes.Cluster.Members;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace HmmSim.Cli;

/// <summary>What a member shows over HTTP: metrics for Prometheus, and whether it lives and is ready. It takes no orders.</summary>
internal sealed class NodeEndpoint : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly NodeMeter _meter;

    private NodeEndpoint(WebApplication application, NodeMeter meter)
    {
        _application = application;
        _meter = meter;
    }

    /// <summary>Where it listens.</summary>
    public string Address => _application.Urls.First();

    /// <summary>Starts to listen.</summary>
    /// <exception cref="ClusterException">The port is taken.</exception>
    public static async Task<NodeEndpoint> StartAsync(string host, int port, NodeMeter meter, CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            if (IPAddress.TryParse(host, out IPAddress? address))
            {
                server.Listen(address, port);
            }
            else
            {
                server.ListenAnyIP(port);
            }
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(NodeMeter.Name).AddPrometheusExporter());
        WebApplication application = builder.Build();
        application.MapPrometheusScrapingEndpoint("/metrics");
        application.MapGet("/health/live", () => "alive\n");
        application.MapGet("/health/ready", (HttpContext context) =>
        {
            context.Response.StatusCode = meter.IsUp ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync(meter.IsUp ? "up\n" : "not a member\n");
        });
        try
        {
            await application.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new ClusterException($"cannot listen on {host}:{port} for metrics: {exception.Message} (choose another --metrics-port)", isInput: true);
        }

        return new NodeEndpoint(application, meter);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync().ConfigureAwait(false);
        _meter.Dispose();
    }
}
