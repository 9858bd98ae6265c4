import Signer

/// Keys that lie in files.
extension CredentialsReader {
    func profile(_ form: ProfileFile.Form, _ section: ConfigurationSection) -> ProfileFile {
        var file = ProfileFile(form)
        file.access = access(section)
        let name = section["profile"]
        if name.isPresent { file.profile = name.requiredText(allowed: "the name of a profile") }
        if form == .tool { file.runsCommands = section["run-commands"].flag(false) }
        let path = section["path"]
        guard path.isPresent else { return file }
        let form = form == .ini ? "the vendor's ini file" : "the vendor's `config.json`"
        file.path = path.path(allowed: form)
        if let path = file.path, !path.isEmpty, let error = file.fault(at: path) {
            section["path"].report(found: "\(error)", allowed: form)
        }
        return file
    }

    func keyFile(_ section: ConfigurationSection) -> KeyFileReference {
        let allowed = "a file made by `gateway keys add`"
        let access = access(section)
        let place = section["path"]
        let path = place.path(allowed: allowed)
        if !path.isEmpty, let error = KeyFile.fault(path, access: access) {
            place.report(found: "\(error)", allowed: allowed)
        }
        let key = section["key"].text(
            accountName, allowed: "the name of a key: 1 to 64 letters, digits, `.`, `_`, `-` and `@`", where: KeyRing.isName)
        return KeyFileReference(path: path, key: key, passphrase: passphrase(section["passphrase"]), access: access)
    }

    private func passphrase(_ value: ConfigurationValue) -> Passphrase {
        guard value.isPresent else { return .environment(Passphrase.variable) }
        let allowed =
            "one of `{environment: NAME}`, `{file: path}`, `{credential: name}` and `{prompt: true}`; never the passphrase itself"
        return value.section(allowed: allowed) { section in
            let environment = section["environment"]
            let file = section["file"]
            let credential = section["credential"]
            let prompt = section["prompt"]
            if [environment, file, credential, prompt].count(where: \.isPresent) != 1 {
                value.report(found: "none of them, or several", allowed: allowed)
            }
            if file.isPresent { return .file(file.readableFile(allowed: "a file that holds the passphrase alone")) }
            if credential.isPresent {
                return .credential(
                    credential.requiredText(allowed: "the name of a systemd credential") { !$0.isEmpty && !$0.contains("/") })
            }
            if prompt.isPresent, prompt.flag(false) { return .prompt }
            return .environment(environment.text(Passphrase.variable, allowed: "the name of a variable"))
        } ?? .environment(Passphrase.variable)
    }

    private func access(_ section: ConfigurationSection) -> SecretFile.Access {
        section["group-readable"].flag(false) ? .groupMayRead : .nobody
    }
}
