/// A script that cloud assistant keeps, to run it on instances.
struct Command: Sendable {
    enum Kind: String, Hashable, Sendable {
        case batch = "RunBatScript"
        case powerShell = "RunPowerShellScript"
        case shell = "RunShellScript"
    }

    let id: String
    let regionId: String
    let kind: Kind
    /// Base64.
    let content: String
    var name: String
    var description: String
    var workingDirectory: String
    /// Seconds.
    var timeout: Int
}
