import Bytes

/// How the answers of one action become what callers get: REST names, lists without their wrapper objects, the collection
/// as `items` (or its single element alone), everything else as it is.
///
/// Compiled once; only places where something else than renaming happens are in it, since names follow a rule.
public struct ReshapePlan: Sendable {
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
        /// Positions in ``children``.
        var children = 0..<0
    }

    /// A member of a node.
    struct Child: Sendable {
        /// Position in ``names``.
        var name: Range<Int>
        var node: Int
    }

    static let unknownNode = 0
    static let rootNode = 1

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

    /// Appends the reshaped `body` to `output`, which is left as it was when this throws. White space between tokens is
    /// dropped; values are copied byte for byte.
    ///
    /// In a view of one, nothing is appended when the collection is empty; the summary's `itemCount` says so.
    public func reshape(_ body: ByteView, into output: inout [UInt8]) throws(ReshapeError) -> ReshapeSummary {
        let start = output.count
        var outcome = Result<ReshapeSummary, ReshapeError>.failure(.noObject)
        // SAFETY: see the invariant of `Reshaper` on how much is written.
        output.appendFilling(body.count + Reshaper.surplus) { memory in
            nodes.withUnsafeBufferPointer { nodes in
                children.withUnsafeBufferPointer { children in
                    names.withView { names in
                        let plan = Reshaper.Plan(
                            nodes: nodes, children: children, names: names, collectionNode: collectionNode,
                            isSingle: isSingle, hasCreatedID: hasCreatedID)
                        var reshaper = Reshaper(body, into: memory, plan: plan)
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

    public func reshape(_ body: [UInt8], into output: inout [UInt8]) throws(ReshapeError) -> ReshapeSummary {
        try body.withView { (view) throws(ReshapeError) in try reshape(view, into: &output) }
    }
}
