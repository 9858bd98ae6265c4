import Bytes
import Synchronization

/// How the answers of one action become what callers get: REST names, lists without their wrapper objects, the
/// collection as `items` (or its single element alone), everything else as it is.
///
/// Compiled when it is used for the first time: of a thousand routes a process uses few. Safe from any thread.
public final class ReshapePlan: Sendable {
    private let compile: @Sendable () -> AnswerShape
    private let compiled = AtomicLazyReference<AnswerShape>()

    /// The plan that `compile` makes; when several threads are first at once, it is called by each, and one result is
    /// kept.
    init(compile: @escaping @Sendable () -> AnswerShape) {
        self.compile = compile
    }

    /// Appends the reshaped `body` to `output`, which is left as it was when this throws. White space between tokens is
    /// dropped; values are copied byte for byte.
    ///
    /// In a view of one, nothing is appended when the collection is empty; the summary's `itemCount` says so.
    public func reshape(_ body: ByteView, into output: inout [UInt8]) throws(ReshapeError) -> ReshapeSummary {
        let shape = compiled.load() ?? compiled.storeIfNil(compile())
        return try shape.reshape(body, into: &output)
    }

    public func reshape(_ body: [UInt8], into output: inout [UInt8]) throws(ReshapeError) -> ReshapeSummary {
        try body.withView { (view) throws(ReshapeError) in try reshape(view, into: &output) }
    }
}
