import Bytes
import Routes
import Synchronization
import Testing

@testable import Simulator

/// A clock that tests set.
final class TestClock: Sendable {
    private let time = Mutex(SimulatedTime(milliseconds: 1_767_323_045_000))  // 2026-01-02T03:04:05Z

    var now: SimulatedTime { time.withLock { $0 } }

    func advance(seconds: Int64) {
        time.withLock { $0 = $0.adding(seconds: seconds) }
    }
}

/// What the cloud answered.
struct Reply {
    var status: Int
    var body: JSONValue
    var response: SimulatedResponse

    /// The error's code; nil for a success.
    var code: String? { status < 400 ? nil : body["Code"].text }

    /// The value at a path: `Disks.Disk.0.DiskId`.
    subscript(path: String) -> JSONValue? {
        path.split(separator: ".").reduce(Optional(body)) { value, part in
            if let index = Int(part), case .array(let elements) = value {
                return index < elements.count ? elements[index] : nil
            }
            return value?[String(part)]
        }
    }

    func text(_ path: String) -> String { self[path].text ?? "" }

    /// The elements of the list at a path.
    func list(_ path: String) -> [JSONValue] {
        if case .array(let elements) = self[path] { return elements }
        return []
    }
}

extension JSONValue? {
    var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let value): String(value)
        default: nil
        }
    }
}

/// A simulated cloud with a clock to turn. Every answer is held against the catalogue.
struct TestCloud {
    static let catalogue = Result { try Catalogue(loading: CatalogueSource.embedded) }

    let clock = TestClock()
    let cloud: Cloud
    let dialect: Dialect
    /// Whose actions are called.
    private(set) var product = "ecs"
    private let nonces = NonceCounter()

    final class NonceCounter: Sendable {
        private let value = Mutex(0)
        func next() -> Int {
            value.withLock {
                $0 += 1
                return $0
            }
        }
    }

    init(
        speed: Double = 1, dialect: Dialect = .publicCloud, change: (inout CloudConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = CloudConfiguration(accessKeys: [.init(id: "testid", secret: "testsecret")])
        configuration.dialect = dialect
        self.dialect = dialect
        change(&configuration)
        let clock = clock
        cloud = Cloud(
            configuration, catalogue: try Self.catalogue.get(), clock: SimulatorClock(speed: speed) { clock.now })
    }

    /// Calls an action with JSON answers.
    @discardableResult
    func call(
        _ action: String, _ parameters: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
    ) -> Reply {
        let response = cloud.handle(signed(action, parameters).request(at: clock.now))
        let body = (try? response.body.withView { try JSONValue(parsing: $0) }) ?? .null
        let reply = Reply(status: response.status, body: body, response: response)
        if response.status == 200 {
            AnswerSchemaCheck.check(body, of: action, product, dialect, sourceLocation)
        } else {
            AnswerSchemaCheck.checkError(reply, of: action, product, dialect, sourceLocation)
        }
        return reply
    }

    /// The same cloud, for calls of another product.
    func calling(_ product: String) -> TestCloud {
        var copy = self
        copy.product = product
        return copy
    }

    /// A call with a nonce of its own.
    func signed(_ action: String, _ parameters: [String: String] = [:]) -> SignedCall {
        var call = SignedCall(action: action, parameters: parameters, nonce: "n-\(nonces.next())", time: clock.now)
        let version = (try? Self.catalogue.get())?.operations.first { $0.entry.product == product }?.entry.version
        call.version = version ?? call.version
        return call
    }

    /// Calls an action that has to succeed.
    @discardableResult
    func succeed(
        _ action: String, _ parameters: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
    ) -> Reply {
        let reply = call(action, parameters, sourceLocation: sourceLocation)
        #expect(reply.status == 200, "\(action): \(reply.code ?? "") \(reply.text("Message"))", sourceLocation: sourceLocation)
        return reply
    }

    /// Calls an action that has to fail with a code and status.
    @discardableResult
    func fail(
        _ action: String, _ parameters: [String: String] = [:], _ status: Int, _ code: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> Reply {
        let reply = call(action, parameters, sourceLocation: sourceLocation)
        #expect(reply.code == code, "\(action)", sourceLocation: sourceLocation)
        #expect(reply.status == status, "\(action)", sourceLocation: sourceLocation)
        return reply
    }
}

/// Ids of the example fleet.
extension TestCloud {
    static let region = ["RegionId": "cn-hangzhou"]

    func instance(named name: String) -> String {
        succeed("DescribeInstances", ["RegionId": "cn-hangzhou", "InstanceName": name]).text("Instances.Instance.0.InstanceId")
    }

    func disk(named name: String) -> String {
        succeed("DescribeDisks", ["RegionId": "cn-hangzhou", "DiskName": name]).text("Disks.Disk.0.DiskId")
    }

    func systemDisk(of instance: String) -> String {
        succeed("DescribeDisks", ["RegionId": "cn-hangzhou", "InstanceId": instance, "DiskType": "system"])
            .text("Disks.Disk.0.DiskId")
    }

    func state(of instance: String) -> String {
        succeed("DescribeInstances", ["RegionId": "cn-hangzhou", "InstanceIds": "[\"\(instance)\"]"])
            .text("Instances.Instance.0.Status")
    }

    func diskState(_ disk: String) -> String {
        succeed("DescribeDisks", ["RegionId": "cn-hangzhou", "DiskIds": "[\"\(disk)\"]"]).text("Disks.Disk.0.Status")
    }

    /// Smallest parameters of RunInstances: the network of web-1.
    func runParameters(_ more: [String: String] = [:]) -> [String: String] {
        let web = succeed("DescribeInstances", ["RegionId": "cn-hangzhou", "InstanceName": "web-1"])
        let base = [
            "RegionId": "cn-hangzhou", "ImageId": VendorImages.linux, "InstanceType": "ecs.g6.large",
            "SecurityGroupId": web.text("Instances.Instance.0.SecurityGroupIds.SecurityGroupId.0"),
            "VSwitchId": web.text("Instances.Instance.0.VpcAttributes.VSwitchId"),
        ]
        return base.merging(more) { _, new in new }
    }

    /// Runs one instance and gives its id.
    func run(_ more: [String: String] = [:]) -> String {
        succeed("RunInstances", runParameters(more)).text("InstanceIdSets.InstanceIdSet.0")
    }

    /// Runs one instance and lets it start.
    func running(_ more: [String: String] = [:]) -> String {
        let id = run(more)
        clock.advance(seconds: 60)
        return id
    }

    /// Runs one instance and stops it.
    func stopped(_ more: [String: String] = [:]) -> String {
        let id = running(more)
        succeed("StopInstance", ["InstanceId": id])
        clock.advance(seconds: 60)
        return id
    }
}
