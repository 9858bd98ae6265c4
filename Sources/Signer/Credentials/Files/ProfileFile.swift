import Bytes
import Glibc
import Synchronization

/// A file of the vendor's tools with profiles, each of which is a key or says where one comes from.
public struct ProfileFile: Hashable, Sendable {
    public enum Form: Hashable, Sendable {
        /// `[profile]` and `key = value`
        case ini
        /// The command line tool's `config.json`.
        case tool
    }

    public var form: Form
    /// Nil: the file that the environment names, else the one where the vendor's tools look.
    public var path: String?
    /// Nil: the one that the environment names, else the one that the file says, else `default`.
    public var profile: String?
    public var access: SecretFile.Access
    /// Whether a profile's command is run.
    public var runsCommands: Bool

    public init(
        _ form: Form, path: String? = nil, profile: String? = nil, access: SecretFile.Access = .nobody,
        runsCommands: Bool = false
    ) {
        self.form = form
        self.path = path
        self.profile = profile
        self.access = access
        self.runsCommands = runsCommands
    }

    /// Where the file is.
    func location(_ context: CredentialContext) throws(CredentialError) -> String {
        if let path { return path }
        let variable = form == .ini ? "ALIBABA_CLOUD_CREDENTIALS_FILE" : "ALIBABA_CLOUD_CONFIG_FILE"
        if let named = context.text(variable) { return named }
        // The vendor's SDKs look for the ini file under either name.
        let names = form == .ini ? [".alibabacloud/credentials", ".alibabacloud/credentials.ini"] : [".aliyun/config.json"]
        guard let home = context.text("HOME") else { throw CredentialError("~/\(names[0])", "cannot be found: HOME is not set") }
        return home + "/" + (names.first { Glibc.access(home + "/" + $0, F_OK) == 0 } ?? names[0])
    }

    /// What is wrong with the file at `path`, or with its profile; nil when it can be used as far as the file tells.
    public func fault(at path: String) -> CredentialError? {
        let context = CredentialContext.offline
        do throws(CredentialError) {
            _ = try plan(in: SecretFile.read(path, access: access), path: path, context)
            return nil
        } catch {
            return error
        }
    }

    /// What the profile says.
    func plan(in file: SecretFile, path: String, _ context: CredentialContext) throws(CredentialError) -> CredentialPlan {
        let wanted = profile ?? context.text("ALIBABA_CLOUD_PROFILE")
        return try file.content.withView { (bytes) throws(CredentialError) in
            switch form {
            case .ini: try IniFile(bytes, path: path).plan(of: wanted ?? "default")
            case .tool: try ToolConfiguration(bytes, path: path, runsCommands: runsCommands).plan(of: wanted)
            }
        }
    }
}

/// The key of a profile; the file is read anew whenever it has changed.
final class ProfileSource: CredentialSource {
    let name: String
    private let file: ProfileFile
    private let context: CredentialContext
    private let state: Mutex<State>

    private struct State {
        var isLocal = true
        var stamp: FileStamp?
    }

    init(_ file: ProfileFile, _ context: CredentialContext) throws(CredentialError) {
        name = try file.location(context)
        self.file = file
        self.context = context
        state = Mutex(State())
    }

    var isLocal: Bool { state.withLock(\.isLocal) }
    var isOutdated: Bool { state.withLock { $0.stamp != nil && $0.stamp != FileStamp(name) } }

    func load() async throws(CredentialError) -> Credentials {
        // Before the file is read: a change in between is then seen later.
        state.withLock { $0.stamp = FileStamp(name) }
        let content = try SecretFile.read(name, access: file.access)
        let source = try file.plan(in: content, path: name, context).source(context)
        state.withLock { $0.isLocal = source.isLocal }
        return try await source.load()
    }
}
