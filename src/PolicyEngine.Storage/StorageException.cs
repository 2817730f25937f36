namespace PolicyEngine.Storage;

/// <summary>Something outside would not store or give back data; the message is a sentence for the operator.</summary>
public sealed class StorageException(string message, Exception? inner = null) : IOException(message, inner);
