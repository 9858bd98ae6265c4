import Bytes
import Testing

@testable import Routes

/// Every documented example is a request that the gateway itself takes: catalogue, routes, binding and documents agree.
@Suite struct ExampleRequestTests {
    private let catalogue: Catalogue
    private let table: RouteTable

    init() throws {
        catalogue = try WholeCatalogue.get()
        table = RouteTable(catalogue)
    }

    @Test func `the example of every route leads to its action and binds without a fault`() {
        var binder = Binder()
        var bound = BoundRequest()
        for operation in catalogue.operations {
            for index in operation.entry.routes.indices {
                let plan = OperationPlan(operation.entry, route: index, in: catalogue)
                let example = ExampleRequest(plan)
                let name = "\(example.method.rawValue) \(example.path) of \(operation.entry.action)"
                let path = Array(example.path.utf8)
                let query = Array(example.queryString.utf8)
                var body: [UInt8] = []
                example.body?.append(to: &body)
                path.withView { path in
                    guard case .found(let match) = table.match(.route(example.method), path, dialect: operation.entry.dialect)
                    else {
                        Issue.record("\(name) leads nowhere")
                        return
                    }
                    query.withView { query in
                        body.withView { body in
                            do throws(BindFaults) {
                                let region = "cn-hangzhou" as StaticString
                                try binder.bind(
                                    match, .init(path: path, query: query, body: body, region: region.view), into: &bound)
                                #expect(bound.operation === operation, "\(name)")
                            } catch {
                                Issue.record("\(name): \(error)")
                            }
                        }
                    }
                }
            }
        }
    }

    @Test func `a command line quotes what a shell would take apart`() throws {
        let operation = try #require(catalogue.operation(product: "ecs", action: "RevokeSecurityGroup", dialect: .publicCloud))
        #expect(
            ExampleRequest(OperationPlan(operation.entry, route: 0, in: catalogue)).curl == """
                curl -H "Authorization: Bearer $TOKEN" -X DELETE \
                "$GATEWAY/security-groups/sg-bp67acfmxazb4p2msi/ingress-rules?ipProtocol=tcp&portRange=22%2F22&sourceCidrIp=10.0.0.0%2F8"
                """)
    }
}
