import Bytes
import Testing

@testable import Routes

/// A literal part of one route and a variable of another in the same place.
@Suite struct LiteralRouteTests {
    @Test(
        arguments: [
            (Route.Method.post, "/key-pairs/import", "ImportKeyPair"), (.get, "/key-pairs/import", "DescribeKeyPairs"),
            (.delete, "/key-pairs/import", "DeleteKeyPairs"), (.get, "/ecs/key-pairs/import", "DescribeKeyPairs"),
            (.post, "/key-pairs/import/attach", "AttachKeyPair"), (.post, "/images/import", "ImportImage"),
            (.get, "/images/import", "DescribeImages"), (.put, "/key-pairs/import", nil),
        ] as [(Route.Method, String, String?)])
    func `a literal does not hide what a variable takes with another method`(method: Route.Method, path: String, action: String?)
        throws
    {
        let table = RouteTable(try WholeCatalogue.get())
        let result = Array(path.utf8).withView { table.match(.route(method), $0, dialect: .publicCloud) }
        switch (result, action) {
        case (.found(let match), let action?): #expect(match.operation?.entry.action == action)
        case (.methodNotAllowed, nil): break
        default: Issue.record("\(method.rawValue) \(path): \(result)")
        }
    }
}
