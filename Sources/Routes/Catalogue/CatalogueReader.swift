import Bytes

/// The names of the members of one kind of JSON object in the catalogue.
protocol CatalogueKey: RawRepresentable<String>, CaseIterable, Equatable {
    /// All cases, made once.
    static var all: [Self] { get }
}

/// Reads catalogue values in one pass over the text and collects everything that is wrong with them.
///
/// Only malformed JSON ends the reading; it is thrown. Every other fault is noted, and reading goes on behind the value.
struct CatalogueReader {
    let file: Int
    private(set) var faults: [LocatedFault] = []
    private var scanner: JSONScanner

    /// `bytes` must outlive the reader.
    init(_ bytes: ByteView, file: Int) {
        self.file = file
        scanner = JSONScanner(bytes)
    }

    /// Offset of the token that was read last.
    var offset: Int { scanner.tokenStart }

    mutating func fault(_ message: String, at offset: Int? = nil) {
        faults.append(LocatedFault(file: file, offset: offset ?? scanner.tokenStart, message: message))
    }

    /// Reads an object. `read` is called for each member whose name is a `Key` and reads its value.
    /// Returns the object's extent, or nil when there is none.
    mutating func members<Key: CatalogueKey>(
        of what: StaticString, _: Key.Type,
        _ read: (inout CatalogueReader, Key) throws(JSONError) -> Void
    ) throws(JSONError) -> Range<Int>? {
        guard try opens(.beginObject, "\(what) must be an object") else { return nil }
        let start = scanner.tokenStart
        var seen: UInt64 = 0
        while case .name(let text) = try scanner.next() {
            let name = JSONText.string(text, of: scanner.bytes)
            guard let key = Key(rawValue: name), let position = Key.all.firstIndex(of: key) else {
                fault(
                    "unknown member `\(clipping: name)` of \(what); allowed: \(Key.all.map(\.rawValue).joined(separator: ", "))")
                try scanner.skipValue()
                continue
            }
            if seen & 1 << UInt64(position) != 0 { fault("member `\(name)` is given twice") }
            seen |= 1 << UInt64(position)
            try read(&self, key)
        }
        return start..<scanner.offset
    }

    /// Reads an object with free names. `read` is called for each member and reads its value.
    mutating func freeMembers(
        of what: StaticString, _ read: (inout CatalogueReader, String) throws(JSONError) -> Void
    ) throws(JSONError) {
        guard try opens(.beginObject, "\(what) must be an object") else { return }
        var seen: [String] = []
        while case .name(let text) = try scanner.next() {
            let name = JSONText.string(text, of: scanner.bytes)
            if seen.contains(name) { fault("member `\(clipping: name)` is given twice") }
            seen.append(name)
            try read(&self, name)
        }
    }

    /// Reads a list. `read` is called before each element and reads it.
    mutating func elements(
        of what: StaticString, _ read: (inout CatalogueReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        guard try opens(.beginArray, "\(what) must be a list") else { return }
        while true {
            var ahead = scanner
            if try ahead.next() == .endArray {
                scanner = ahead
                return
            }
            try read(&self)
        }
    }

    /// Reads past a value.
    mutating func skip() throws(JSONError) {
        try scanner.skipValue()
    }

    mutating func string(_ what: StaticString) throws(JSONError) -> String? {
        let token = try scanner.next()
        if case .string(let text) = token { return JSONText.string(text, of: scanner.bytes) }
        return try refuse(token, "\(what) must be a string")
    }

    /// A string that is not empty.
    mutating func text(_ what: StaticString) throws(JSONError) -> String? {
        guard let text = try string(what) else { return nil }
        if text.isEmpty { fault("\(what) must not be empty") }
        return text
    }

    mutating func bool(_ what: StaticString) throws(JSONError) -> Bool? {
        let token = try scanner.next()
        if case .bool(let value) = token { return value }
        return try refuse(token, "\(what) must be true or false")
    }

    mutating func number(_ what: StaticString) throws(JSONError) -> Double? {
        let token = try scanner.next()
        if case .number(let range) = token, let value = Double(scanner.bytes.slice(range).text) { return value }
        return try refuse(token, "\(what) must be a number")
    }

    /// A whole number that is not negative.
    mutating func count(_ what: StaticString) throws(JSONError) -> Int? {
        let token = try scanner.next()
        if case .number(let range) = token, let value = Int(scanner.bytes.slice(range).text), value >= 0 { return value }
        return try refuse(token, "\(what) must be a whole number, 0 or more")
    }

    /// A string, number or truth value as the text that the wire carries.
    mutating func scalar(_ what: StaticString) throws(JSONError) -> String? {
        let token = try scanner.next()
        switch token {
        case .string(let text): return JSONText.string(text, of: scanner.bytes)
        case .number(let range): return scanner.bytes.slice(range).text
        case .bool(let value): return value ? "true" : "false"
        default: return try refuse(token, "\(what) must be a string, a number, true or false")
        }
    }

    mutating func strings(_ what: StaticString) throws(JSONError) -> [String] {
        var strings: [String] = []
        try elements(of: what) { reader throws(JSONError) in
            if let text = try reader.text(what) { strings.append(text) }
        }
        return strings
    }

    mutating func scalars(_ what: StaticString) throws(JSONError) -> [String] {
        var scalars: [String] = []
        try elements(of: what) { reader throws(JSONError) in
            if let text = try reader.scalar(what) { scalars.append(text) }
        }
        return scalars
    }

    /// One of the raw values of `Value`.
    mutating func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ what: StaticString, _: Value.Type
    ) throws(JSONError) -> Value? {
        guard let text = try string(what) else { return nil }
        if let value = Value(rawValue: text) { return value }
        fault("\(what) `\(clipping: text)` is unknown; allowed: \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
        return nil
    }

    /// Checks that the document ends here.
    mutating func end() throws(JSONError) {
        _ = try scanner.next()
    }

    private mutating func opens(_ wanted: JSONScanner.Token, _ message: @autoclosure () -> String) throws(JSONError) -> Bool {
        let token = try scanner.next()
        if token == wanted { return true }
        let _: Never? = try refuse(token, message())
        return false
    }

    /// Notes that `token` begins the wrong kind of value and reads past it.
    private mutating func refuse<Value>(_ token: JSONScanner.Token, _ message: String) throws(JSONError) -> Value? {
        fault(message)
        let outside = scanner.depth - 1
        if token == .beginObject || token == .beginArray {
            while scanner.depth > outside { _ = try scanner.next() }
        }
        return nil
    }
}
