namespace GatewayLsp.Server.Disk;

/// <summary>Tells the user about work that takes long. Nothing is shown for work that does not.</summary>
internal interface IProgressReporter
{
    IProgressScope Begin(string title);
}

/// <summary>Ends when disposed.</summary>
internal interface IProgressScope : IProgress<string>, IDisposable;
