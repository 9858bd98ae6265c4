/// The flavours of one product's API.
public enum Dialect: String, Hashable, Sendable, CaseIterable {
    case publicCloud = "public"
    case apsara
}
