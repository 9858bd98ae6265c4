import Auth
import Bytes
import HTTP
import Routes
import Signer

/// One request on its way through the pipeline, with every buffer that it needs: reused by its loop for one request after
/// another, it allocates nothing once the buffers have grown.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: a call belongs to one exchange of one loop and is touched on that
/// loop's thread only, by the handler or by the task that the handler started there.
final class Call: @unchecked Sendable {
    var requestID = RequestID()
    /// The pipeline that the request came to, and that it is finished by.
    unowned(unsafe) var pipeline: Pipeline?
    /// Offset in the path at which the route begins, behind `/accounts/{name}`.
    var pathOffset = 0
    var account: CloudAccount?
    /// Where the request comes from, behind the proxies that are trusted.
    var source = SourceAddress.none
    var caller: Caller?
    /// What the request has to wait for before it can be decided.
    var waiting: Waiting?
    /// Whether it has waited for keys: once is enough.
    var hasWaitedForKeys = false
    /// The tags of its resources, when a condition may ask for them.
    var tags: ResourceTagTable?
    /// The id of the access key that signed the request.
    var accessKeyID: [UInt8]?
    /// Why there is no caller.
    var refusal: AuthenticationRefusal?
    /// What the bound operation is to the policies and to the log.
    var action: ActionName?
    var bound = BoundRequest()
    var resources = ResourceNames()
    var decision: Decision?
    /// The role that is assumed for the caller; nil: the account's own key is used.
    var role: CallerRole?
    var cacheKey: [UInt8] = []
    /// Under which the request's way is kept once the cache has answered it.
    var memoHash: KeyedHash?
    /// The way of an earlier request that this one takes.
    var known: RequestMemo.Entry?
    var wire = WireParameters()
    var signed = SignedRequest()
    /// Whether the caller wants the cloud's own answer, untouched.
    var isNative = false
    /// Where the wanted page of a list begins, by the caller's page token or by the page before.
    var page: PageToken.Position?

    // What the access line tells beyond the exchange.
    var cache = CacheUse.none
    /// Nanoseconds spent waiting for the cloud.
    var upstreamTime: UInt64 = 0
    /// The cloud's own id of the last call that was sent.
    var cloudRequestID: String?
    var problemCode: String?
    /// What became of the request, when it ended in a problem.
    var failure: AuditRecord.Outcome?
    /// Whether a kept response was given again.
    var isReplayed = false
    var isOwnEndpoint = false

    var requestClass: RequestClass {
        if isOwnEndpoint { return .gateway }
        if known != nil { return .read }
        guard let kind = action.flatMap({ _ in bound.operation?.entry.kind }) else { return .unmatched }
        return kind == .read ? .read : .write
    }

    /// What became of the cache on a request's way.
    enum CacheUse: String {
        case none, hit, miss, collapsed, bypass
    }

    func reset() {
        pathOffset = 0
        account = nil
        source = .none
        caller = nil
        accessKeyID = nil
        refusal = nil
        waiting = nil
        hasWaitedForKeys = false
        tags = nil
        action = nil
        bound.reset()
        decision = nil
        role = nil
        cacheKey.removeAll(keepingCapacity: true)
        memoHash = nil
        known = nil
        wire.removeAll()
        isNative = false
        page = nil
        cache = .none
        upstreamTime = 0
        cloudRequestID = nil
        problemCode = nil
        failure = nil
        isReplayed = false
        isOwnEndpoint = false
    }
}

/// An action by its name for people, `ecs:DescribeInstances`, and prepared for the policy engine.
final class ActionName: Sendable {
    let text: String
    let product: String
    let prepared: PreparedAction

    init(product: String, action: String) {
        self.product = product
        text = "\(product):\(action)"
        prepared = PreparedAction(text)
    }
}
