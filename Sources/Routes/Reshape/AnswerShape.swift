import Bytes

/// A compiled plan: the documented places where something else than renaming happens, since names follow a rule.
final class AnswerShape: Sendable {
    /// A documented place in the answer.
    struct Node: Sendable {
        enum Kind: Sendable {
            /// Not documented, or a value of no matter: an object that holds nothing but one list is unwrapped.
            case unknown
            /// An object that stays one.
            case object
            /// An object around a list, which takes its place.
            case wrapper
            /// A list; the children are those of its elements.
            case list
        }

        var kind = Kind.unknown
        /// Whether the collection is here or below.
        var isOnCollectionPath = false
        /// Whether the values here are ids of what was created.
        var isCreatedID = false
        /// Whether another member has the name in REST, so that this one is left out; at the root only.
        var isHidden = false
        /// Positions in the table of children.
        var children = 0..<0
    }

    /// A member of a node.
    struct Child: Sendable {
        /// Position in the table of names.
        var name: Range<Int>
        var node: Int
    }

    /// Everything about an answer that is put together while compiling.
    struct Tables: Sendable {
        var nodes = [Node(), Node(kind: .object)]
        var children: [Child] = []
        /// Wire names, one after another.
        var names: [UInt8] = []
        /// The node whose children are the members of an element of the collection; nil when there is no collection.
        var collectionNode: Int?
        /// Whether the output is the first element of the collection alone.
        var isSingle = false
        /// Whether any node is of a created id.
        var hasCreatedID = false
    }

    static let unknownNode = 0
    static let rootNode = 1

    private let tables: Tables

    init(_ tables: Tables) {
        self.tables = tables
    }

    /// See ``ReshapePlan/reshape(_:into:)``.
    func reshape(_ body: ByteView, into output: inout [UInt8]) throws(ReshapeError) -> ReshapeSummary {
        let start = output.count
        var outcome = Result<ReshapeSummary, ReshapeError>.failure(.noObject)
        // SAFETY: see the invariant of `Reshaper` on how much is written.
        output.appendFilling(body.count + Reshaper.surplus) { memory in
            tables.nodes.withUnsafeBufferPointer { nodes in
                tables.children.withUnsafeBufferPointer { children in
                    tables.names.withView { names in
                        let plan = Reshaper.Plan(
                            nodes: nodes, children: children, names: names, collectionNode: tables.collectionNode,
                            isSingle: tables.isSingle, hasCreatedID: tables.hasCreatedID)
                        guard var reshaper = Reshaper(body, into: memory, plan: plan) else { return 0 }
                        do throws(ReshapeError) {
                            try reshaper.run()
                            outcome = .success(reshaper.summary)
                            return reshaper.written
                        } catch {
                            outcome = .failure(error)
                            return 0
                        }
                    }
                }
            }
        }
        var summary = try outcome.get()
        summary.items = summary.items.lowerBound + start..<summary.items.upperBound + start
        return summary
    }
}
