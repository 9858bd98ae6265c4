import Auth
import Bytes

/// The policies that principals may name: the system's own, and those of the folder, where each `NAME.json` is the policy
/// `NAME`.
struct PolicyFolder {
    private(set) var documents: [String: PolicyDocument]
    /// The names of all policies, faulty ones too; nil when the folder could not be read.
    private(set) var names: Set<String>?
    private static let suffix = ".json"

    /// Reads the folder named by `value`. What is wrong with it or a document goes to the collector.
    init(_ value: ConfigurationValue) {
        documents = [:]
        for entry in SystemPolicies.entries { documents[entry.name] = entry.document }
        names = Set(documents.keys)
        guard value.isPresent else { return }
        let allowed = "a folder of RAM policies, one `NAME.json` each"
        var folder = value.path(allowed: allowed)
        while folder.hasSuffix("/"), folder.count > 1 { folder.removeLast() }
        do {
            for file in folder.isEmpty ? [] : try FileText.names(in: folder, suffix: Self.suffix) {
                let name = String(file.dropLast(Self.suffix.count))
                let path = "\(folder)/\(file)"
                if names?.insert(name).inserted == false {
                    value.report(found: "\(path.quoted)", allowed: "names other than those of the system's policies")
                }
                documents[name] = Self.load(name, from: path, faults: value.faults)
            }
        } catch {
            names = nil
            value.report(found: "\(error.path.quoted): \(error.reason)", allowed: allowed)
        }
    }

    private static func load(_ name: String, from path: String, faults: FaultCollector) -> PolicyDocument? {
        func fault(_ found: String, _ allowed: String, _ severity: ConfigurationFault.Severity = .error) {
            faults.add(
                ConfigurationFault(
                    severity: severity, file: path, line: 0, column: 0, path: "", found: found, allowed: allowed
                )
            )
        }
        let text: [UInt8]
        do {
            text = try FileText.contents(of: path, limit: PolicyDocument.byteLimit)
        } catch {
            fault(error.reason, "a readable file of at most \(Quantity.text(bytes: PolicyDocument.byteLimit))")
            return nil
        }
        do {
            let document = try text.withView { (view) throws(PolicyFaults) in
                try PolicyDocument(parsing: view, name: name, file: path)
            }
            if document.exceedsRAMLimit {
                fault(
                    "\(document.characters) characters",
                    "at most \(PolicyDocument.ramCharacterLimit): the cloud itself would refuse this policy", .warning
                )
            }
            return document
        } catch {
            for problem in error.faults {
                faults.add(
                    ConfigurationFault(
                        file: problem.file, line: problem.line, column: problem.column, path: problem.path,
                        found: problem.found, allowed: problem.allowed
                    )
                )
            }
            return nil
        }
    }
}
