import Bytes
import Testing

@testable import Routes

/// A list that answers have in one of several places.
@Suite struct CollectionAliasTests {
    @Test(arguments: [
        (
            #"{"InstanceCloudAssitantStatus":{"InstanceCloudAssitantStatusSet":[{"InstanceId":"i-1"}]}}"#,
            #"{"items":[{"instanceId":"i-1"}]}"#
        ),
        (
            #"{"RequestId":"r","InstanceCloudAssistantStatusSet":{"InstanceCloudAssistantStatus":[{"CloudAssistantStatus":"true"}]}}"#,
            #"{"requestId":"r","items":[{"cloudAssistantStatus":"true"}]}"#
        ),
    ])
    func `each of them becomes the items`(body: String, expected: String) throws {
        let catalogue = try WholeCatalogue.get()
        let operation = try #require(
            catalogue.operation(product: "ecs", action: "DescribeCloudAssistantStatus", dialect: .publicCloud))
        for (route, expected) in [(operation.entry.routes[0], expected), (operation.entry.routes[1], nil)] {
            var output: [UInt8] = []
            let summary = try ReshapePlan(catalogue, operation, route: route).reshape(Array(body.utf8), into: &output)
            #expect(summary.itemCount == 1)
            if let expected { #expect(String(decoding: output, as: UTF8.self) == expected) }
        }
    }
}
