/// The version of this build, as `gateway --version` and the metrics tell it.
enum Version {
    static let current = "0.1.0"
}
