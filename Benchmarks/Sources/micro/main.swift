import Auth
import Bytes
import Cache
import Routes
import Signer

// Time and allocations of the parts of a request's way, each alone, as rows of a Markdown table.

let catalogue = try Catalogue()
let table = RouteTable(catalogue)
let account = Array("1234567890123456".utf8)
let region = Array("cn-hangzhou".utf8)
var rows: [String] = []

@MainActor func measure(_ name: String, _ body: () -> Int) {
    rows.append(Measurement(name, body).row)
}

@MainActor func match(_ method: RouteTable.Method, _ path: [UInt8]) -> RouteMatch? {
    path.withView { path in
        guard case .found(let match) = table.match(method, path, dialect: .publicCloud) else { return nil }
        return match
    }
}

// Routes

let listPath = Array("/instances".utf8)
let verbPath = Array("/instances/i-bp1a2b3c4d5e6f7g8h9i/start".utf8)
measure("match `GET /instances`") { match(.route(.get), listPath)?.group.candidates.count ?? 0 }
measure("match `POST /instances/{id}/start`") { match(.route(.post), verbPath)?.group.candidates.count ?? 0 }

var binder = Binder()
var bound = BoundRequest()
let query = Array("pageSize=10&status=Running&instanceName=web-1".utf8)
let body = Array(
    """
    {"imageId":"aliyun_3_x64_20G_alibase.vhd","instanceType":"ecs.g6.large","securityGroupId":"sg-bp1a2b3c4d5e6f7g8h9i",\
    "vSwitchId":"vsw-bp1a2b3c4d5e6f7g8h9","zoneId":"cn-hangzhou-h","instanceName":"web-1","amount":2,\
    "systemDisk":{"category":"cloud_essd","size":"40"},"dataDisk":[{"size":100,"category":"cloud_essd"}],\
    "internetMaxBandwidthOut":5,"tag":[{"key":"environment","value":"production"}]}
    """.utf8)

@MainActor func bind(_ match: RouteMatch?, _ path: [UInt8], query: [UInt8] = [], body: [UInt8] = []) -> Int {
    guard let match else { return 0 }
    path.withView { path in
        query.withView { query in
            body.withView { body in
                region.withView { region in
                    try? binder.bind(
                        match, Binder.Input(path: path, query: query, body: body, region: region), into: &bound)
                }
            }
        }
    }
    return bound.entries.count
}

let listMatch = match(.route(.get), listPath)
let runMatch = match(.route(.post), listPath)
measure("bind and validate a list with 3 parameters") { bind(listMatch, listPath, query: query) }
measure("bind and validate RunInstances, 14 values in a body") { bind(runMatch, listPath, body: body) }

// Policies

func policies(documents: Int, statements: Int, isConditional: Bool = false) throws -> PolicySet {
    let condition = isConditional ? #","Condition":{"IpAddress":{"acs:SourceIp":["10.0.0.0/8","192.168.0.0/16"]}}"# : ""
    let filler = (0..<documents).map { document in
        let list = (0..<statements).map { index in
            let number = document * statements + index
            return #"{"Effect":"\#(number % 7 == 3 ? "Deny" : "Allow")","Action":["ecs:Stop\#(number)*","ecs:Modify\#(number)"],"Resource":"acs:ecs:*:*:instance/i-\#(number)"\#(condition)}"#
        }
        return #"{"Version":"1","Statement":[\#(list.joined(separator: ","))]}"#
    }
    let last = #"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:Describe*","Resource":"acs:ecs:*:*:instance/*"\#(condition)}]}"#
    return PolicySet(
        try (filler + [last]).enumerated().map { number, text in
            try Array(text.utf8).withView { view throws(PolicyFaults) in
                try PolicyDocument(parsing: view, name: "p\(number)")
            }
        })
}

let action = PreparedAction("ecs:DescribeInstances")
var resources = ResourceNames()
_ = bind(listMatch, listPath)
account.withView { resources.name(bound, account: $0) }
var context = RequestContext(currentTime: Instant(wallNanoseconds: SystemClock.wall), isSecureTransport: true)
context.source = .address(NetworkAddress(v4: 0x0A00_0001))

measure("name the resources of a list") {
    account.withView { resources.name(bound, account: $0) }
    return resources.count
}
for (name, set) in [
    ("10 statements", try policies(documents: 1, statements: 9)),
    ("10 statements, with conditions", try policies(documents: 1, statements: 9, isConditional: true)),
    ("1,000 statements in 100 policies", try policies(documents: 99, statements: 10)),
    ("1,000 statements in 100 policies, with conditions", try policies(documents: 99, statements: 10, isConditional: true)),
] {
    measure("policy decision, \(name)") {
        resources.withNames { set.decide(action, resources: $0, context: context).isAllowed ? 1 : 0 }
    }
}

let token = Array("acsgw_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg".utf8)
let grants = [
    TokenGrant(
        hash: token.withView { TokenHash(of: $0) },
        principal: Principal(
            name: "dashboard", accountID: "1", policies: PrincipalPolicies(identity: PolicySet([PolicyDocument]()))))
]
let authenticator = Authenticator([try TokenTable(grants)])
let header = Array("Bearer ".utf8) + token
let now = Timestamp(wallNanoseconds: SystemClock.wall)
measure("authenticate a token") {
    header.withView { value in
        if case .success = authenticator.authenticate(authorization: value, at: now) { 1 } else { 0 }
    }
}

// Signatures

var secret = Array("testsecret".utf8)
let key = AccessKey(id: Array("testid".utf8), secret: SecretBytes(erasing: &secret))
var stamps = StampSource()
var wire = WireParameters()
var signed = SignedRequest()
_ = bind(listMatch, listPath, query: query)
if let endpoint = Endpoint("https://ecs.aliyuncs.com") {
    let call = CloudCall(endpoint: endpoint, action: "DescribeInstances", version: "2014-05-26")
    for (name, signer) in [
        ("HMAC-SHA1 in the query", RPCSigner(.sha1) as any RequestSigner), ("HMAC-SHA256 in the query", RPCSigner(.sha256)),
        ("ACS3-HMAC-SHA256 in headers", ACS3Signer()),
    ] {
        measure("sign, \(name)") {
            wire.removeAll()
            bound.append(to: &wire)
            stamps.withStamp(now) { try? signer.sign(call, &wire, with: key, stamp: $0, into: &signed) }
            return signed.url.count
        }
    }
}

// Answers

func answer(_ count: Int) -> [UInt8] {
    let example = """
        {"InstanceId":"i-bp1a2b3c4d5e6f7g8h9i","InstanceName":"web-1","Description":"","Status":"Running","RegionId":"cn-hangzhou",\
        "ZoneId":"cn-hangzhou-h","InstanceType":"ecs.g6.large","InstanceTypeFamily":"ecs.g6","Cpu":2,"Memory":8192,"OSName":"Alibaba Cloud Linux 3",\
        "OSType":"linux","ImageId":"aliyun_3_x64_20G_alibase_20230727.vhd","CreationTime":"2026-03-01T08:21Z","StartTime":"2026-03-01T08:22Z",\
        "ExpiredTime":"2099-12-31T15:59Z","InstanceChargeType":"PostPaid","InternetChargeType":"PayByTraffic","InternetMaxBandwidthIn":100,\
        "InternetMaxBandwidthOut":5,"SerialNumber":"0af59a4a-2cc3-4f2b-a8b2-8c0f8cbe1a2b","DeletionProtection":false,"IoOptimized":true,\
        "SecurityGroupIds":{"SecurityGroupId":["sg-bp1a2b3c4d5e6f7g8h9i"]},"PublicIpAddress":{"IpAddress":["47.98.12.34"]},\
        "InnerIpAddress":{"IpAddress":[]},"VpcAttributes":{"VpcId":"vpc-bp1a2b3c4d5e6f7g8h9","VSwitchId":"vsw-bp1a2b3c4d5e6f7g8h9",\
        "NatIpAddress":"","PrivateIpAddress":{"IpAddress":["172.16.0.12"]}},"EipAddress":{"AllocationId":"","IpAddress":"","InternetChargeType":""},\
        "NetworkInterfaces":{"NetworkInterface":[{"NetworkInterfaceId":"eni-bp1a2b3c4d5e6f7g8h9","MacAddress":"00:16:3e:0a:0b:0c","Type":"Primary"}]},\
        "OperationLocks":{"LockReason":[]},"Tags":{"Tag":[{"TagKey":"environment","TagValue":"production"},{"TagKey":"role","TagValue":"web"}]}}
        """
    let list = Array(repeating: example, count: count).joined(separator: ",")
    return Array(
        #"{"TotalCount":\#(count),"RequestId":"473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E","PageSize":\#(count),"PageNumber":1,"Instances":{"Instance":[\#(list)]}}"#
            .utf8)
}

if let operation = catalogue.operation(product: "ecs", action: "DescribeInstances", dialect: .publicCloud) {
    let plan = ReshapePlan(catalogue, operation, route: operation.entry.routes.first)
    var output: [UInt8] = []
    for count in [10, 100] {
        let bytes = answer(count)
        measure("reshape an answer of \(count) instances, \(bytes.count / 1000) KB") {
            output.removeAll(keepingCapacity: true)
            return (try? plan.reshape(bytes, into: &output).itemCount) ?? 0
        }
    }
}

// Cache

let cache = Cache(capacity: 64 << 20)
var cacheKey: [UInt8] = []
bound.appendCacheKey(to: &cacheKey)
let stored = answer(10)
cacheKey.withView { key in
    let request = CacheRequest(key: key, lifetime: 600_000_000_000, now: SystemClock.monotonic)
    if case .lead(let flight) = cache.begin(request, tags: { [Tag(account: "a", region: "r", type: "instance")] }) {
        flight.complete(AnswerDraft(contentType: "application/json", body: stored))
    }
}
let lookupTime = SystemClock.monotonic
measure("cache hit, key made anew") {
    cacheKey.removeAll(keepingCapacity: true)
    bound.appendCacheKey(to: &cacheKey)
    return cacheKey.withView { key in
        let request = CacheRequest(key: key, lifetime: 600_000_000_000, now: lookupTime)
        if case .hit(let answer) = cache.begin(request, tags: { [] }) { return answer.body.count }
        return 0
    }
}

print("| operation | time, median of 9 runs | allocations |")
print("| --- | ---: | ---: |")
for row in rows { print(row) }
