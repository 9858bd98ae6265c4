import Bytes
import Routes
import Signer
import Synchronization

/// The simulated cloud: answers HTTP requests as the real one would, and keeps everything that they create.
///
/// What it answers follows from its configuration, the requests so far and the times at which they came; nothing runs
/// between requests. Safe to use from several threads; requests are answered one after another.
public final class Cloud: Sendable {
    public let clock: SimulatorClock

    private let configuration: CloudConfiguration
    private let authenticator: Authenticator
    private let operations: OperationIndex
    private let site: Site
    private let state: Mutex<State>

    private struct State {
        var world: World
        var answers = IdempotencyStore()
        var sessions: STSSessions
        var faults = FaultPlan()
        /// Apart from the world's, so that failed calls do not change the ids of later resources.
        var requestIds: IdentifierGenerator
        /// By ``Operation/index``, made when an action is first called.
        var checks: [Int: ParameterCheck] = [:]
        /// The same, where answers are cut down to what is documented.
        var documentedAnswers: [Int: DocumentedAnswer] = [:]
        var journal: [CallRecord] = []
        var callCount = 0
    }

    /// A cloud that knows the actions of `catalogue`.
    public init(_ configuration: CloudConfiguration, catalogue: Catalogue, clock: SimulatorClock = .system()) {
        self.configuration = configuration
        self.clock = clock
        authenticator = Authenticator(configuration)
        operations = OperationIndex(catalogue, configuration.dialect)
        site = Site.of(configuration.dialect)
        var world = World(seed: configuration.seed)
        if configuration.hasFleet { Fleet.seed(&world, of: site, at: clock.now) }
        state = Mutex(
            State(
                world: world, sessions: STSSessions(seed: configuration.seed &+ 1),
                requestIds: IdentifierGenerator(seed: ~configuration.seed)))
    }

    /// Answers one request.
    public func handle(_ request: SimulatedRequest) -> SimulatedResponse {
        let received = request.read()
        return state.withLock { state in
            var call = Call(
                requestId: state.requestIds.requestId(), format: received.answerFormat ?? .xml,
                action: received.action ?? "", parameters: CallParameters(received.parameters))
            do throws(CloudError) {
                guard request.hasRootPath else {
                    throw CloudError("InvalidAction", status: 404, message: "The path of the request is not \"/\".")
                }
                if received.version == STS.version { return securityToken(received, call, request, &state) }
                let operation = try operation(received)
                if let operation { call.check = check(of: operation, &state) }
                call.caller = try authenticator.authenticate(received, state.sessions, at: request.receivedAt)
                guard let operation, let check = call.check else { throw .missing("Action") }
                call.outcome = operation.entry.outcome
                guard received.answerFormat != nil else { throw .invalid("Format") }
                call.fault = fault(request, call.action, &state)
                if let error = call.fault?.error { throw error }
                var answer = try answer(operation.entry, check, call, &state, at: request.receivedAt)
                if configuration.dialect == .apsara { answer = documented(operation, &state).trimmed(answer) }
                return finish(call, .success(answer), request, &state)
            } catch {
                return finish(call, .failure(error), request, &state)
            }
        }
    }

    /// Replaces the plan of faults.
    public func setFaults(_ plan: FaultPlan) {
        state.withLock { $0.faults = plan }
    }

    /// Requests answered so far, refused ones included.
    public var callCount: Int { state.withLock { $0.callCount } }

    /// The latest calls, oldest first; see ``CloudConfiguration/journalCapacity``.
    public var journal: [CallRecord] { state.withLock { $0.journal } }

    /// Looks at, or changes, what exists.
    func withWorld<Result: Sendable>(_ body: (inout sending World) -> sending Result) -> Result {
        state.withLock { state in
            var world = state.world
            let result = body(&world)
            state.world = world
            return result
        }
    }

    private struct Call {
        let requestId: String
        let format: AnswerWriter.Format
        let action: String
        let parameters: CallParameters
        /// Of the action; nil when the call names none.
        var check: ParameterCheck?
        /// How the action tells failures, where not by the status.
        var outcome: OutcomeRule?
        var fault: FaultPlan.Fault?
        /// The errors of an action that is not in the catalogue.
        var book: ErrorBook?
        /// Whose key signed it; nil before that was found out.
        var caller: STSCaller?
    }

    /// Answers a call of STS.
    private func securityToken(
        _ received: ReceivedCall, _ call: Call, _ request: SimulatedRequest, _ state: inout State
    ) -> SimulatedResponse {
        var call = call
        call.book = ErrorBook(rows: STS.errors)
        do throws(CloudError) {
            let caller =
                STS.isUnsigned(received)
                ? STSCaller(accountId: configuration.accountId, user: "anonymous")
                : try authenticator.authenticate(received, state.sessions, at: request.receivedAt)
            call.caller = caller
            call.fault = fault(request, call.action, &state)
            if let error = call.fault?.error { throw error }
            let context = STSContext(
                parameters: call.parameters, now: request.receivedAt, accountId: configuration.accountId,
                roles: configuration.roles, longestLife: configuration.longestKeyLife, caller: caller)
            return finish(call, .success(try STS.answer(received, context, &state.sessions)), request, &state)
        } catch {
            return finish(call, .failure(error), request, &state)
        }
    }

    /// The operation that a call names; nil when it names none, which the authenticator reports.
    private func operation(_ call: ReceivedCall) throws(CloudError) -> Operation? {
        guard let version = call.version, let action = call.action, !version.isEmpty, !action.isEmpty else { return nil }
        return try operations.find(version: version, action: action)
    }

    private func check(of operation: Operation, _ state: inout State) -> ParameterCheck {
        if let check = state.checks[operation.index] { return check }
        let book = ErrorBook(
            operations.catalogue.documentation(of: operation.entry), version: operation.entry.version,
            dialect: configuration.dialect)
        let check = ParameterCheck(operation.entry, book, isStrict: configuration.isStrict)
        state.checks[operation.index] = check
        return check
    }

    private func documented(_ operation: Operation, _ state: inout State) -> DocumentedAnswer {
        if let answer = state.documentedAnswers[operation.index] { return answer }
        let answer = DocumentedAnswer(operations.catalogue.answer(of: operation.entry))
        state.documentedAnswers[operation.index] = answer
        return answer
    }

    private func fault(
        _ request: SimulatedRequest, _ action: String, _ state: inout State
    ) -> FaultPlan.Fault? {
        if configuration.honoursFaultHeader, let text = request.header("x-simulate-fault") {
            return FaultPlan.Fault(text)
        }
        return state.faults.next(for: action, &state.requestIds)
    }

    /// Carries out an action on a copy of the world, which takes the place of the world when it succeeds.
    private func answer(
        _ entry: ActionEntry, _ check: ParameterCheck, _ call: Call, _ state: inout State, at now: SimulatedTime
    ) throws(CloudError) -> JSONValue {
        let parameters = try check.checked(call.parameters)
        guard
            let handler = ActionTable.handler(
                version: entry.version, action: entry.action, dialect: configuration.dialect)
        else {
            throw CloudError("InvalidAction")
        }
        let token = parameters.text(entry.idempotency.map { entry.parameters[$0].name } ?? "ClientToken")
        if let token {
            guard token.utf8.allSatisfy({ $0 < 0x80 }) else { throw CloudError("InvalidClientToken.ValueNotSupported") }
            if let answer = try state.answers.answer(to: entry.action, token: token, parameters, book: check.book, at: now) {
                return answer
            }
        }
        state.world.settle(at: now)
        let context = ActionContext(
            parameters: parameters, now: now,
            durations: Durations(speed: clock.speed, isPrivateCloud: configuration.dialect == .apsara),
            accountId: configuration.accountId, action: entry.action, site: site)
        var draft = state.world
        let answer = try handler(&draft, context)
        if parameters.flag("DryRun") == true { throw CloudError("DryRunOperation") }
        state.world = draft
        if let token { state.answers.store(answer, to: entry.action, token: token, parameters, at: now) }
        return answer
    }

    private func finish(
        _ call: Call, _ result: Result<JSONValue, CloudError>, _ request: SimulatedRequest, _ state: inout State
    ) -> SimulatedResponse {
        var response = SimulatedResponse(
            status: 200, contentType: call.format.contentType, body: [],
            headers: [.init("x-acs-request-id", call.requestId)])
        var code: String?
        switch result {
        case .success(let answer):
            response.body = AnswerWriter.success(
                answer, requestId: call.outcome == nil ? call.requestId : nil, action: call.action, call.format)
        case .failure(let error):
            let (row, _) = (call.book ?? call.check?.book ?? ErrorBook(rows: [])).resolve(error)
            code = row.code
            response.status = row.status
            response.body =
                if let outcome = call.outcome, outcome.statuses[row.code] != nil {
                    AnswerWriter.success(
                        [outcome.code: .number(row.code), outcome.message: .string(row.message)], requestId: nil,
                        action: call.action, call.format)
                } else {
                    AnswerWriter.failure(
                        row, requestId: call.requestId, hostId: request.header("host") ?? "", call.format)
                }
        }
        switch call.fault {
        case .malformedBody: response.body = Array(response.body.dropLast(response.body.count / 3 + 1))
        case .wrongContentType: response.contentType = "text/html"
        case .transport(let fault): response.transport = fault
        default: break
        }
        state.callCount += 1
        if configuration.journalCapacity > 0 {
            if state.journal.count >= configuration.journalCapacity { state.journal.removeFirst() }
            state.journal.append(
                CallRecord(
                    action: call.action, parameters: call.parameters.values, status: response.status, code: code,
                    caller: call.caller?.arn))
        }
        return response
    }
}
