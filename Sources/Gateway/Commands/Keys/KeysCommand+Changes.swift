import ArgumentParser
import Bytes
import Signer

/// `gateway keys add`
struct KeysAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a key; makes the file when there is none.",
        discussion: """
            \(NewKeyOptions.about) \(KeyFileOptions.about)

              gateway keys add --file keys.acs --id LTAI5tExample prod
            """
    )

    @OptionGroup var options: KeyFileOptions
    @OptionGroup var key: NewKeyOptions

    func run() throws {
        let secret = try key.secret()
        try options.change(mayCreate: true) { ring throws(KeyRing.Fault) in
            try ring.adding(key.name, id: key.id, secret: secret, at: .now)
        }
        Console.say("added \(key.name.quoted), \(key.id)")
    }
}

/// `gateway keys rotate`
struct KeysRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Put another AccessKey in the place of one.",
        discussion: """
            Make the new AccessKey at the cloud first, and delete the old one there when the gateway has taken the new one \
            over. \(NewKeyOptions.about) \(KeyFileOptions.about)

              gateway keys rotate --file keys.acs --id LTAI5tNewExample prod
            """
    )

    @OptionGroup var options: KeyFileOptions
    @OptionGroup var key: NewKeyOptions

    func run() throws {
        let secret = try key.secret()
        try options.change { ring throws(KeyRing.Fault) in
            try ring.rotating(key.name, id: key.id, secret: secret, at: .now)
        }
        Console.say("rotated \(key.name.quoted), now \(key.id)")
    }
}

/// `gateway keys remove`
struct KeysRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take a key out of the file.",
        discussion: """
            A gateway that uses the key keeps it until it is started again. \(KeyFileOptions.about)

              gateway keys remove --file keys.acs prod
            """
    )

    @OptionGroup var options: KeyFileOptions

    @Argument(help: "What configurations call the key.")
    var name: String

    func run() throws {
        try options.change { ring throws(KeyRing.Fault) in try ring.removing(name) }
        Console.say("removed \(name.quoted)")
    }
}

extension Timestamp {
    fileprivate static var now: Timestamp { Timestamp(wallNanoseconds: SystemClock.wall) }
}
