import Yams

/// A YAML text while an item of one of its lists is cut out. Places count code points, as Yams does.
struct YAMLText {
    private var lines: [[Unicode.Scalar]]

    init(_ text: String) {
        lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    }

    var text: String {
        var scalars = String.UnicodeScalarView()
        for (index, line) in lines.enumerated() {
            if index > 0 { scalars.append("\n") }
            scalars.append(contentsOf: line)
        }
        return String(scalars)
    }

    /// A line and a column, both from 0.
    private struct Place {
        var line: Int
        var column: Int

        init(_ mark: Mark) {
            line = mark.line - 1
            column = mark.column - 1
        }

        init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    func character(at mark: Mark) -> Unicode.Scalar? { character(Place(mark)) }

    private func character(_ place: Place) -> Unicode.Scalar? {
        guard lines.indices.contains(place.line), lines[place.line].indices.contains(place.column) else { return nil }
        return lines[place.line][place.column]
    }

    // MARK: - Lists with a dash before each item

    /// Cuts out the lines of the item that begins at `mark`. The only item of a list leaves `[]` in its place. False when the
    /// list is not written with one item a line.
    mutating func removeBlockItem(at mark: Mark, ofOnly isOnly: Bool) -> Bool {
        let place = Place(mark)
        guard lines.indices.contains(place.line), place.column <= lines[place.line].count else { return false }
        let before = lines[place.line][..<place.column]
        let dash = before.prefix { $0 == " " }.count
        // A dash, and nothing but blanks around it.
        guard dash < before.count, before[dash] == "-", before[(dash + 1)...].allSatisfy({ $0 == " " }) else { return false }
        var end = place.line + 1
        for line in end..<lines.count {
            let indent = lines[line].prefix { $0 == " " }.count
            if indent == lines[line].count || lines[line][indent] == "#" { continue }
            if indent <= dash { break }
            end = line + 1
        }
        lines.removeSubrange(place.line..<end)
        return isOnly ? closeEmptyList(before: place.line) : true
    }

    /// Writes `[]` behind the key whose list has lost its only item.
    private mutating func closeEmptyList(before line: Int) -> Bool {
        for index in stride(from: line - 1, through: 0, by: -1) {
            let content = lines[index].drop { $0 == " " }
            if content.isEmpty || content.first == "#" { continue }
            guard let colon = lines[index].firstIndex(of: ":") else { return false }
            lines[index].insert(contentsOf: " []".unicodeScalars, at: colon + 1)
            return true
        }
        return false
    }

    // MARK: - Lists in brackets

    /// Cuts out the item that begins at `mark`, with one of the commas beside it.
    mutating func removeFlowItem(at mark: Mark) {
        var start = Place(mark)
        var end = endOfFlowItem(from: start)
        let next = skippingBlanks(from: end)
        if character(next) == "," {
            end = Place(line: next.line, column: next.column + 1)
            // What separates it from the next item, but not the line's end.
            while character(end) == " " { end.column += 1 }
        } else if let comma = commaBefore(start) {
            start = comma
        }
        cut(from: start, to: end)
    }

    private mutating func cut(from start: Place, to end: Place) {
        let rest = lines[end.line][min(end.column, lines[end.line].count)...]
        let joined = lines[start.line][..<start.column] + rest
        let isBlank = joined.allSatisfy { $0 == " " } && !joined.isEmpty
        lines.replaceSubrange(start.line...end.line, with: isBlank ? [] : [Array(joined)])
    }

    private func commaBefore(_ place: Place) -> Place? {
        var place = place
        while true {
            place.column -= 1
            if place.column < 0 {
                place.line -= 1
                guard place.line >= 0 else { return nil }
                place.column = lines[place.line].count
                continue
            }
            guard let character = character(place) else { return nil }
            if character == "," { return place }
            if character != " " { return nil }
        }
    }

    private func skippingBlanks(from place: Place) -> Place {
        var place = place
        while place.line < lines.count {
            guard let character = character(place), character != "#" else {
                place = Place(line: place.line + 1, column: 0)
                continue
            }
            if character != " " { return place }
            place.column += 1
        }
        return place
    }

    /// The place behind the item: of a quoted text, a bracketed list or mapping, or a plain text.
    private func endOfFlowItem(from start: Place) -> Place {
        var place = start
        var depth = 0
        var quote: Unicode.Scalar?
        while place.line < lines.count {
            guard let character = character(place) else {
                place = Place(line: place.line + 1, column: 0)
                continue
            }
            if let open = quote {
                if open == "\"", character == "\\" { place.column += 1 }
                if character == open { quote = nil }
            } else {
                switch character {
                case "\"", "'": quote = character
                case "{", "[": depth += 1
                case "}", "]":
                    if depth == 0 { return place }
                    depth -= 1
                case "," where depth == 0: return place
                default: break
                }
            }
            place.column += 1
            if quote == nil, depth == 0, "\"'}]".unicodeScalars.contains(character) { return place }
        }
        return place
    }
}
