/// What a statement does to the requests it applies to.
public enum Effect: String, Hashable, Sendable {
    case allow = "Allow"
    case deny = "Deny"
}
