namespace GatewayLsp.Engine.Resolution;

/// <summary>Whether an object exists. Only what is absent is wrong; what nobody told us about is unknown.</summary>
public enum Presence : byte { Present, Absent, Unknown }

/// <summary>An answer that may not be known.</summary>
public enum Answer : byte { No, Yes, Unknown }
