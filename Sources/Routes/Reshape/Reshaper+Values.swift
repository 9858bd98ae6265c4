import Bytes

/// Values below the root.
extension Reshaper {
    /// Reads the value of a member or an element; `node` describes it.
    mutating func value(_ node: Int, isMember: Bool) throws(ReshapeError) {
        let byte = try peek()
        switch byte {
        case UInt8(ascii: "\""):
            let text = try string()
            if plan.nodes[node].isCreatedID { summary.createdIDs.append(self.text(text)) }
        case UInt8(ascii: "{"):
            switch plan.nodes[node].kind {
            case .wrapper: try wrapper(node)
            case .unknown where isMember, .list where isMember: try wrapper(node)
            default: try object(node)
            }
        case UInt8(ascii: "["):
            try array(plan.nodes[node].kind == .wrapper ? onlyChild(of: node) : node)
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        default:
            do throws(JSONError) {
                guard byte == UInt8(ascii: "-") || byte.isASCIIDigit else {
                    throw JSONError(.unexpectedByte, at: offset)
                }
                offset = try JSONScanner.endOfNumber(input, at: offset)
            } catch {
                throw .malformed(error)
            }
        }
    }

    /// The list in a wrapper.
    func onlyChild(of node: Int) -> Int {
        let children = plan.nodes[node].children
        return children.isEmpty ? AnswerShape.unknownNode : plan.children[children.lowerBound].node
    }

    private mutating func literal(_ word: StaticString) throws(ReshapeError) {
        let count = word.utf8CodeUnitCount
        guard input.slice(offset..<offset + count).equals(word) else {
            var index = offset
            while index < input.count, input[index] == word.utf8Start[index - offset] { index += 1 }
            throw error(index < input.count ? .unexpectedByte : .unexpectedEnd, at: index)
        }
        offset += count
    }

    /// Reads a list; `node` describes the list, and so its elements.
    mutating func array(_ node: Int) throws(ReshapeError) {
        try enter()
        offset += 1
        if try peek() == UInt8(ascii: "]") {
            offset += 1
        } else {
            repeat {
                try value(node, isMember: false)
            } while try isSeparated(before: UInt8(ascii: "]"))
        }
        depth -= 1
    }

    /// Reads an object that stays one.
    private mutating func object(_ node: Int) throws(ReshapeError) {
        try enter()
        offset += 1
        if try peek() == UInt8(ascii: "}") {
            offset += 1
        } else {
            try members(node)
        }
        depth -= 1
    }

    /// Reads members up to the end of their object.
    mutating func members(_ node: Int) throws(ReshapeError) {
        repeat {
            try member(node)
        } while try isSeparated(before: UInt8(ascii: "}"))
    }

    @inline(__always)
    private mutating func member(_ node: Int) throws(ReshapeError) {
        let name = try name()
        flushName(name)
        try colon()
        let byte = try peek()
        if byte == UInt8(ascii: "\""), !plan.hasCreatedID {
            _ = try string()
        } else {
            // For numbers and literals no node matters; those are found without looking.
            let isNamed = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "\"")
            let child = isNamed ? plan.child(of: node, input.slice(name.range)) : AnswerShape.unknownNode
            try value(child, isMember: true)
        }
    }

    /// Reads the comma between two elements or members and returns true, or reads `end` and returns false.
    @inline(__always)
    mutating func isSeparated(before end: UInt8) throws(ReshapeError) -> Bool {
        let byte = try peek()
        guard byte == UInt8(ascii: ",") || byte == end else { throw error(.unexpectedByte, at: offset) }
        offset &+= 1
        return byte != end
    }

    /// Reads the object that is a member's value and is replaced by the list in it, when it holds nothing else. Where a
    /// list is documented, an empty object stands for an empty list.
    private mutating func wrapper(_ node: Int) throws(ReshapeError) {
        try enter()
        defer { depth -= 1 }
        flush()
        let mark = written
        offset += 1
        let kind = plan.nodes[node].kind
        if try peek() == UInt8(ascii: "}") {
            offset += 1
            rewind(to: mark)
            write(kind == .unknown ? "{}" : "[]")
            return
        }
        let name = try name()
        try colon()
        let isList = try peek() == UInt8(ascii: "[")
        rewind(to: mark)
        let child = plan.child(of: node, input.slice(name.range))
        guard isList else {
            insertObject(name, at: mark)
            try value(child, isMember: true)
            if try isSeparated(before: UInt8(ascii: "}")) { try members(node) }
            return
        }
        try array(kind == .list ? node : child)
        flush()
        guard try isSeparated(before: UInt8(ascii: "}")) else { return drop() }
        // Not alone: the object stays. The comma has been read, and is copied with what follows.
        insertObject(name, at: mark)
        try members(node)
    }
}
