import ArgumentParser
import Signer

/// `gateway keys list`
struct KeysListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show names, ids and dates; never a secret.",
        discussion: """
            \(KeyFileOptions.about)

              gateway keys list --file keys.acs
            """
    )

    @OptionGroup var options: KeyFileOptions

    func run() throws {
        let ring: KeyRing
        let passphrase = try options.passphrase(isNew: false)
        do {
            ring = try KeyFile.read(options.file, passphrase: passphrase, access: .groupMayRead)
        } catch {
            throw CommandFailure("\(error)")
        }
        var rows = [["NAME", "ACCESS KEY ID", "ADDED", "CHANGED"]]
        rows += ring.entries.map { [$0.name, $0.id, "\($0.added)", "\($0.changed)"] }
        let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            Console.say(line)
        }
    }
}
