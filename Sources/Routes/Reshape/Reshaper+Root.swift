import Bytes

/// The answer as a whole, whose members are written one by one: some the gateway itself reads, and one becomes `items`.
extension Reshaper {
    /// Reads the whole answer.
    mutating func run() throws(ReshapeError) {
        guard try peek() == UInt8(ascii: "{") else { throw .noObject }
        try enter()
        offset += 1
        let isEmpty = try peek() == UInt8(ascii: "}")
        rewind(to: 0)
        write("{")
        if isEmpty {
            offset += 1
        } else {
            try rootMembers()
        }
        drop()
        if plan.collectionNode != nil, !hasCollection { write(written > 1 ? ",\"items\":[]" : "\"items\":[]") }
        if !plan.isSingle { writePageMembers() }
        write("}")
        skipWhitespace()
        guard offset == input.count else { throw error(.trailingBytes, at: offset) }
        if plan.isSingle {
            keep(summary.items)
            summary.items = 0..<0
        }
    }

    private mutating func rootMembers() throws(ReshapeError) {
        repeat {
            drop()
            let mark = written
            if written > 1 { write(",") }
            let name = try name()
            let text = input.slice(name.range)
            let node = plan.child(of: AnswerShape.rootNode, text)
            if plan.nodes[node].isOnCollectionPath {
                guard !hasCollection else { throw .repeatedList(at: name.range.lowerBound - 1) }
                hasCollection = true
                try colon()
                rewind(to: mark)
                write(written > 1 ? ",\"items\":" : "\"items\":")
                try collection(node)
            } else {
                flushName(name)
                try colon()
                _ = try peek()
                let start = offset
                try value(node, isMember: true)
                note(text, start..<offset)
                flush()
                let isPageToken = plan.collectionNode != nil && text.equals("NextToken")
                if isPageToken || plan.nodes[node].isHidden { rewind(to: mark) }
            }
        } while try isSeparated(before: UInt8(ascii: "}"))
    }

    /// Keeps a value of the root for the summary.
    private mutating func note(_ name: ByteView, _ value: Range<Int>) {
        switch name.count {
        case 8 where name.equals("PageSize"):
            summary.pageSize = integer(value)
            pageMembers.size = .atRoot
        case 9 where name.equals("RequestId"):
            // It goes into a header and the log.
            if let text = noted(value), text.count <= 128, text.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
                summary.requestID = String(decoding: text, as: UTF8.self)
            }
        case 9 where name.equals("NextToken"): summary.nextToken = noted(value)
        case 10 where name.equals("TotalCount"):
            summary.totalCount = integer(value)
            pageMembers.total = .atRoot
        case 10 where name.equals("PageNumber"):
            summary.pageNumber = integer(value)
            pageMembers.number = .atRoot
        default: break
        }
    }

    /// Keeps a value that stands beside the collection, inside an object around it, when it tells of the page.
    private mutating func noteBeside(_ name: ByteView, _ value: Range<Int>) {
        let number = integer(value)
        switch name.count {
        case 8 where name.equals("PageSize") && number != nil:
            if pageMembers.size.move(from: value) { summary.pageSize = number }
        case 9 where name.equals("NextToken"): summary.nextToken = summary.nextToken ?? noted(value)
        case 10 where name.equals("TotalCount") && number != nil:
            if pageMembers.total.move(from: value) { summary.totalCount = number }
        case 10 where name.equals("PageNumber") && number != nil:
            if pageMembers.number.move(from: value) { summary.pageNumber = number }
        default: break
        }
    }

    /// Writes the members about the page that the answer has beside the collection, not at its root.
    private mutating func writePageMembers() {
        if case .beside(let value) = pageMembers.total { write(",\"totalCount\":", value) }
        if case .beside(let value) = pageMembers.number { write(",\"pageNumber\":", value) }
        if case .beside(let value) = pageMembers.size { write(",\"pageSize\":", value) }
    }

    private mutating func write(_ name: StaticString, _ value: Range<Int>) {
        write(name)
        copy(value)
    }

    /// The text of the string at `value`, or nil when there is none.
    private func noted(_ value: Range<Int>) -> [UInt8]? {
        guard input[value.lowerBound] == UInt8(ascii: "\"") else { return nil }
        return text(value.lowerBound + 1..<value.upperBound - 1)
    }

    /// The whole number at `value`, also when it is written as a string, or nil.
    private func integer(_ value: Range<Int>) -> Int? {
        let isQuoted = input[value.lowerBound] == UInt8(ascii: "\"")
        let digits = isQuoted ? input.slice(value.lowerBound + 1..<value.upperBound - 1) : input.slice(value)
        guard (1...18).contains(digits.count), digits.allSatisfy(\.isASCIIDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// Reads the value that holds the collection and writes the list alone: objects around it are left out, with whatever
    /// else is in them but what tells of the page, which moves to the root. None at all, or null, is an empty list.
    private mutating func collection(_ node: Int) throws(ReshapeError) {
        switch try peek() {
        case UInt8(ascii: "["): try items()
        case UInt8(ascii: "{"): try collectionWrapper(node)
        case UInt8(ascii: "n"):
            let mark = written
            try value(AnswerShape.unknownNode, isMember: true)
            rewind(to: mark)
            write("[]")
        default:
            throw .noList(at: offset)
        }
    }

    /// Reads an object around the collection. The list in it has the documented name, or stands alone there.
    private mutating func collectionWrapper(_ node: Int) throws(ReshapeError) {
        let begin = offset
        try enter()
        offset += 1
        drop()
        if try peek() == UInt8(ascii: "}") {
            offset += 1
            drop()
            write("[]")
            depth -= 1
            return
        }
        let mark = written
        var isFound = false
        var isAlone = true
        var hasMore = true
        while hasMore {
            let end = written
            let name = try name()
            let child = plan.child(of: node, input.slice(name.range))
            try colon()
            let byte = try peek()
            rewind(to: end)
            if plan.nodes[child].isOnCollectionPath, !isFound {
                isFound = true
                try collection(child)
            } else if byte == UInt8(ascii: "["), isAlone {
                try items()
            } else {
                let start = offset
                try value(child, isMember: true)
                noteBeside(input.slice(name.range), start..<offset)
                rewind(to: end)
            }
            hasMore = try isSeparated(before: UInt8(ascii: "}"))
            drop()
            if isAlone, !isFound, byte == UInt8(ascii: "[") {
                isFound = !hasMore
                if hasMore { forgetItems(to: mark) }
            }
            isAlone = false
        }
        guard isFound else { throw .noList(at: begin) }
        depth -= 1
    }

    private mutating func forgetItems(to mark: Int) {
        rewind(to: mark)
        summary.itemCount = 0
        summary.items = 0..<0
    }

    /// Reads the collection itself.
    private mutating func items() throws(ReshapeError) {
        try enter()
        offset += 1
        flush()
        let start = written
        var end = start
        if try peek() == UInt8(ascii: "]") {
            offset += 1
        } else {
            repeat {
                try value(plan.collectionNode ?? AnswerShape.unknownNode, isMember: false)
                summary.itemCount += 1
                if plan.isSingle, summary.itemCount == 1 {
                    flush()
                    end = written
                }
            } while try isSeparated(before: UInt8(ascii: "]"))
        }
        flush()
        depth -= 1
        summary.items = start..<(plan.isSingle ? end : written - 1)
    }
}
