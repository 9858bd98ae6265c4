import Auth
import Logging

/// Everything that an operator decides: read once at start, checked as a whole, a plain value from then on.
///
/// `deploy/gateway.yaml` shows every key with its default. ``init(contentsOf:)`` reads a file, ``embedded()`` makes the
/// one that serves without a file.
public struct Configuration: Sendable, Equatable {
    /// Never empty.
    public var listeners: [Listener]
    public var threads: Threads
    /// In the order of the file; exactly one is the default.
    public var accounts: [Account]
    /// In the order of the file.
    public var principals: [Principal]
    /// In the order of the file.
    public var groups: [Group]
    /// In the order of the file.
    public var issuers: [Issuer]
    public var proxies: Proxies
    /// How often one address may be wrong about who it is.
    public var failedAuthentications: FailureGuard.Limits
    /// By name: those of the folder, and the system's.
    public var policies: [String: PolicyDocument]
    public var cache: Cache
    public var limits: Limits
    public var cors: CORS
    public var log: Log
    public var shutdown: Shutdown
    public var simulator: Simulator
    public var reload: Reload
    /// Nil keeps no audit log.
    public var audit: Audit?
    /// Where the process's number and the outcome of its reloads are written; nil for nowhere.
    public var processFile: String?
    /// The file of the master secret that access keys are derived from; nil when none are issued.
    public var accessKeyMaster: String?

    /// Event loops, one thread each.
    public enum Threads: Sendable, Equatable {
        /// One for each processor that the process may use.
        case auto
        case count(Int)
    }

    /// Browsers from elsewhere that may call (Cross-Origin Resource Sharing).
    public struct CORS: Sendable, Equatable {
        /// `https://host[:port]`, compared whole; `*` alone means every origin. Empty: no browser from elsewhere.
        public var origins: [String] = []
        /// How long a browser may remember the answer to its preflight request.
        public var maxAge: Duration = .seconds(600)
    }

    /// What is logged, and how. Lines go to the standard error stream.
    public struct Log: Sendable, Equatable {
        public enum Format: String, Sendable, CaseIterable {
            /// Text on a terminal, JSON otherwise.
            case auto
            /// One object a line.
            case json
            case text
        }

        /// Messages below this level are left out. The access log has no level.
        public var level: Logger.Level = .info
        public var format: Format = .auto
        /// Whether each request gets a line.
        public var access = true
    }

    public struct Shutdown: Sendable, Equatable {
        /// How long requests that run may go on after SIGTERM.
        public var grace: Duration = .seconds(30)
    }

    /// The log of decisions: one JSON object a line.
    public struct Audit: Sendable, Equatable {
        /// What happens while it cannot be written.
        public enum OnFailure: String, Sendable, CaseIterable {
            /// Requests are served, and `/readyz` and the metrics tell.
            case `continue`
            /// Nothing may be changed, and the gateway is not ready.
            case refuseWrites = "refuse-writes"
        }

        public var path: String
        public var onFailure = OnFailure.continue
    }

    /// When the configuration is loaded anew, besides on SIGHUP.
    public struct Reload: Sendable, Equatable {
        /// Whether a change of one of its files is reason enough.
        public var watch = true
        /// How often the files are looked at.
        public var interval: Duration = .seconds(2)
    }

    /// The simulated cloud in the gateway's process, for the accounts that say `simulated: true`.
    public struct Simulator: Sendable, Equatable {
        /// How much faster its time goes than ours.
        public var speed = 1.0
    }

    /// The account of requests that name none.
    public var defaultAccount: Account? { accounts.first(where: \.isDefault) }
}
