namespace PolicyEngine.Runtime.Events;

/// <summary>The closed set of reasons for which an event is refused; <see cref="Rejection.Detail"/> says the rest in words.</summary>
public static class RejectionReason
{
    public const string NotJson = "not_json";
    public const string BadUtf8 = "bad_utf8";
    public const string TooLong = "too_long";
    public const string TooDeep = "too_deep";
    public const string DuplicateKey = "duplicate_key";
    public const string UnknownType = "unknown_type";
    public const string NoId = "no_id";
    public const string NoTime = "no_time";
    public const string BadTime = "bad_time";
    public const string MissingField = "missing_field";
    public const string WrongType = "wrong_type";
    public const string FarFuture = "far_future";
}
