import Bytes

extension ConfigurationValue {
    /// The text here, or `standIn` when nothing stands here. `isValid` decides what is accepted, `allowed` says it.
    func text(_ standIn: String, allowed: String, where isValid: (String) -> Bool = { !$0.isEmpty }) -> String {
        isPresent ? requiredText(allowed: allowed, where: isValid) : standIn
    }

    /// The text here; nothing is a fault.
    func requiredText(allowed: String, where isValid: (String) -> Bool = { !$0.isEmpty }) -> String {
        guard let text = scalar(allowed: allowed) else { return "" }
        if !isValid(text) { report(found: text.isEmpty ? "an empty text" : text.quoted, allowed: allowed) }
        return text
    }

    /// `true` or `false`; YAML's other words for them are faults, since they are so often meant as text.
    func flag(_ standIn: Bool) -> Bool {
        guard isPresent, let text = scalar(allowed: "`true` or `false`") else { return standIn }
        if text != "true", text != "false" { report(found: text.quoted, allowed: "`true` or `false`") }
        return text == "true"
    }

    /// A whole number within `range`.
    func integer(_ standIn: Int, in range: ClosedRange<Int>) -> Int {
        let allowed = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard isPresent, let text = scalar(allowed: allowed) else { return standIn }
        guard let number = Int(text), range.contains(number) else {
            report(found: text.quoted, allowed: allowed)
            return standIn
        }
        return number
    }

    /// A number of bytes within `range`.
    func size(_ standIn: Int, in range: ClosedRange<Int>) -> Int {
        quantity(standIn, in: range, form: Quantity.sizeForm, Quantity.size) { Quantity.text(bytes: $0) }
    }

    /// A span of time within `range`.
    func duration(_ standIn: Duration, in range: ClosedRange<Duration>) -> Duration {
        quantity(standIn, in: range, form: Quantity.durationForm, Quantity.duration) { Quantity.text($0) }
    }

    private func quantity<Value>(
        _ standIn: Value, in range: ClosedRange<Value>, form: String, _ read: (String) -> Value?,
        _ write: (Value) -> String
    ) -> Value {
        guard isPresent, let text = scalar(allowed: form) else { return standIn }
        guard let value = read(text) else {
            report(found: text.quoted, allowed: form)
            return standIn
        }
        if !range.contains(value) {
            report(found: text.quoted, allowed: "from \(write(range.lowerBound)) to \(write(range.upperBound))")
        }
        return value
    }

    /// Reports a name that nothing of its kind has, with the nearest that there is, else all of them.
    func reportUnknown(_ kind: String, _ name: String, known: [String]) {
        let nearest = NearestName.find(name, among: known).map { "did you mean `\($0)`?" }
        let list = known.isEmpty ? "there is none" : known.alternatives
        report(found: "unknown \(kind) \(name.quoted)", allowed: nearest ?? list)
    }

    /// One of the values that `Choice` names.
    func choice<Choice>(_ standIn: Choice) -> Choice
    where Choice: RawRepresentable<String> & CaseIterable {
        let names = Choice.allCases.map(\.rawValue)
        guard isPresent, let text = scalar(allowed: names.alternatives) else { return standIn }
        if let choice = Choice(rawValue: text) { return choice }
        let nearest = NearestName.find(text, among: names).map { "; did you mean `\($0)`?" } ?? ""
        report(found: text.quoted, allowed: names.alternatives + nearest)
        return standIn
    }

    /// A path, absolute or relative to the configuration's folder; returned so that it holds from anywhere.
    func path(allowed: String) -> String {
        guard let text = scalar(allowed: allowed) else { return "" }
        return text.hasPrefix("/") || faults.folder.isEmpty ? text : "\(faults.folder)/\(text)"
    }

    /// The path of a file that this process can read.
    func readableFile(allowed: String) -> String {
        let path = path(allowed: allowed)
        if !path.isEmpty, let reason = FileText.whyUnreadable(path) {
            report(found: "\(path.quoted): \(reason)", allowed: allowed)
        }
        return path
    }
}
