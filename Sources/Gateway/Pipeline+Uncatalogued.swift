import Auth
import Bytes
import Cache
import HTTP
import Routes
import Signer

/// `POST /rpc/{product}/{Action}` for actions that the catalogue does not know, where the account's configuration lets them
/// pass: authorised as `product:Action` on `*`, sent once, never cached, parameters under a strict grammar.
extension Pipeline {
    /// Parameters that such a call may have.
    private static let mostParameters = 200

    func callUncatalogued(
        product: ByteView, action: ByteView, _ exchange: Exchange, _ call: Call
    ) throws(Problem) {
        try authenticate(exchange, call)
        guard let account = call.account else { throw .internalError }
        let name = ActionName(product: product.text, action: action.text)
        guard let version = services.version(of: name.product, account.dialect) else {
            throw Problem(404, "NotFound", "no such product; the catalogue has \(services.products.joined(separator: ", "))")
        }
        guard UncataloguedParameters.isActionName(action) else {
            throw Problem(faults: [
                .init(location: "action", reason: "is no action name", allowed: "a capital letter, then letters and digits")
            ])
        }
        if let known = services.knownSpelling(of: name) {
            throw Problem(404, "NotFound", "no such action; did you mean `/rpc/\(known)`?")
        }
        guard exchange.query.isEmpty else {
            throw Problem(faults: [
                .init(
                    location: "query", reason: "is not taken by actions that the catalogue lacks",
                    allowed: "parameters in the body")
            ])
        }
        call.action = name
        call.resources.nameEverything()
        try decide(exchange, call)
        try checkAudit(call)
        let nesting = services.configuration.limits.nesting
        call.wire = try UncataloguedParameters.read(exchange.body, maxDepth: nesting, most: Self.mostParameters)
        let action = action.text
        exchange.perform { [self] exchange in
            do throws(Problem) {
                let answer = try await send(name, action, version, account, call)
                respond(answer, exchange, call)
            } catch {
                respond(error, exchange, call)
            }
        }
    }

    private func send(
        _ name: ActionName, _ action: String, _ version: String, _ account: CloudAccount, _ call: Call
    ) async throws(Problem) -> Answer {
        let key = try await accessKey(for: call, account)
        let request = try sign(call, account, key, product: name.product, action: action, version: version, isRead: false)
        // Nobody knows what it changes, so everything of the account is out of date.
        let everything = Tag(account: account.accountName, region: "*", type: "*")
        services.cache.invalidate(everything, now: SystemClock.monotonic)
        defer { services.cache.invalidate(everything, now: SystemClock.monotonic) }
        let outgoing = OutgoingCall(request: request, account: account, action: name, key: key, began: SystemClock.monotonic)
        let response = try settle(await send(outgoing), outgoing, call)
        var answer = Answer(status: 200)
        do throws(ReshapeError) {
            let summary = try services.unknownAnswers.reshape(response.body, into: &answer.body)
            call.cloudRequestID = summary.requestID
        } catch {
            throw CloudAnswer.malformed("\(error)", response: response, action: name.text)
        }
        return answer
    }
}

/// Parameters of an action that nobody described: wire names under a strict grammar, and plain values.
enum UncataloguedParameters {
    private static let longestName = 128

    /// Reads a JSON object of texts, numbers and truth values.
    static func read(_ body: ByteView, maxDepth: Int, most: Int) throws(Problem) -> WireParameters {
        var wire = WireParameters()
        guard !body.isEmpty else { return wire }
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue(parsing: body, maxDepth: maxDepth)
        } catch {
            throw Problem(faults: [.init(location: "body", reason: "is no valid JSON: \(error)")])
        }
        guard case .object(let members) = document, members.count <= most else {
            throw Problem(faults: [
                .init(
                    location: "body", reason: "is not an object of at most \(most) parameters",
                    allowed: "wire names and plain values")
            ])
        }
        var faults: [Problem.Fault] = []
        for member in members {
            let location = String(member.name.prefix(64))
            if !Array(member.name.utf8).withView(isParameterName) {
                faults.append(
                    .init(location: location, reason: "is no parameter name", allowed: "letters and digits, parts joined by dots")
                )
            } else if Array(member.name.utf8).withView({ CommonParameter.named($0) }) != nil {
                faults.append(.init(location: location, reason: "is set by the gateway alone"))
            }
            switch member.value {
            case .string(let text): wire.append(member.name, text)
            case .number(let text): wire.append(member.name, text)
            case .bool(let value): wire.append(member.name, value ? "true" : "false")
            default:
                faults.append(
                    .init(location: location, reason: "is no plain value", allowed: "a text, a number or a truth value"))
            }
        }
        guard faults.isEmpty else { throw Problem(faults: faults) }
        return wire
    }

    static func isActionName(_ text: ByteView) -> Bool {
        guard let first = text.first, first >= UInt8(ascii: "A"), first <= UInt8(ascii: "Z"), text.count <= longestName else {
            return false
        }
        return text.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit }
    }

    /// `Tag.1.Key`: parts of letters and digits, the first beginning with a letter.
    static func isParameterName(_ text: ByteView) -> Bool {
        guard let first = text.first, first.isASCIILetter, text.count <= longestName else { return false }
        var previous: UInt8 = 0
        for byte in text {
            let isDot = byte == UInt8(ascii: ".")
            guard byte.isASCIILetter || byte.isASCIIDigit || isDot && previous != byte else { return false }
            previous = byte
        }
        return previous != UInt8(ascii: ".")
    }
}
