import HTTP

/// What a loop's part of the server talks to: the pipeline of the configuration in force. Requests that are on their way
/// when another comes into force are finished by the pipeline that they came to.
///
/// INVARIANT, and why `@unchecked Sendable` is sound: touched on its loop only, but for `loop`.
final class LoopHandler: RequestHandler, @unchecked Sendable {
    let loop: EventLoop
    private var pipeline: Pipeline
    /// Pipelines of earlier configurations that still have requests.
    private var former: [Pipeline] = []

    init(_ pipeline: Pipeline) {
        self.pipeline = pipeline
        loop = pipeline.loop
    }

    /// Takes new requests to a pipeline of another configuration.
    func change(services: Services, clients: [Client]) {
        former.append(pipeline)
        pipeline = Pipeline(
            services: services, loop: loop, clients: clients, metrics: pipeline.metrics, log: pipeline.log,
            operations: pipeline.operations)
        former.removeAll { $0.isIdle }
    }

    func admit(_ exchange: Exchange) -> Bool { pipeline.admit(exchange) }

    func handle(_ exchange: Exchange) { owner(of: exchange).handle(exchange) }

    func refuse(_ exchange: Exchange, _ fault: HeadFault) { owner(of: exchange).refuse(exchange, fault) }

    func completed(_ exchange: Exchange, _ outcome: Outcome) { owner(of: exchange).completed(exchange, outcome) }

    private func owner(of exchange: Exchange) -> Pipeline {
        guard let context = exchange.context else { return pipeline }
        return unsafeDowncast(context, to: Call.self).pipeline ?? pipeline
    }
}
