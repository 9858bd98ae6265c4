import Bytes
import Testing

@testable import Simulator

@Suite struct StoreTests {
    @Test func answersAreForgottenAfterADayAndWhenThereAreTooMany() throws {
        var store = IdempotencyStore()
        let book = ErrorBook(rows: [])
        let start = SimulatedTime(milliseconds: 0)
        func isKnown(_ token: String, at now: SimulatedTime) throws -> Bool {
            try store.answer(to: "A", token: token, CallParameters(["token": token]), book: book, at: now) != nil
        }
        for index in 0..<10_000 {
            let token = "t\(index)"
            store.store(
                .empty, to: "A", token: token, CallParameters(["token": token]), at: start.adding(milliseconds: Int64(index)))
        }
        let end = start.adding(milliseconds: 10_000)
        #expect(try isKnown("t9999", at: end))
        #expect(try !isKnown("t0", at: end))
        #expect(try !isKnown("t9999", at: end.adding(seconds: 86_400)))
    }

    @Test func tagsOfAResource() {
        var store = TagStore()
        store.add([.init(key: "b", value: "1"), .init(key: "a", value: "")], to: .disk, "d-1")
        store.add([.init(key: "b", value: "2")], to: .disk, "d-1")
        #expect(store[.disk, "d-1"] == [.init(key: "a", value: ""), .init(key: "b", value: "2")])
        #expect(store.matches([.init(key: "b", value: "2"), .init(key: "a", value: nil)], .disk, "d-1"))
        #expect(!store.matches([.init(key: "b", value: "1")], .disk, "d-1"))
        #expect(!store.matches([.init(key: "a", value: nil)], .instance, "d-1"))
        store[.disk, "d-1"] = []
        #expect(store.all.isEmpty)
    }

    /// Which documented code stands for a value that a parameter may not have.
    @Test(arguments: [
        ("Size", ErrorBook.ValueFault.outOfRange, "InvalidSize.ValueNotSupported"),
        ("DiskName", .malformed, "InvalidDiskName.Malformed"),
        ("DataDisk.n.Category", .notAllowed, "InvalidDataDiskCategory.ValueNotSupported"),
        ("SystemDisk.DiskName", .malformed, "InvalidDiskName.Malformed"),
        ("Duration", .outOfRange, "InvalidParameter.Duration"),
        ("Unknown", .notAllowed, "InvalidParameter"),
    ])
    func refusals(parameter: String, fault: ErrorBook.ValueFault, code: String) {
        let codes = [
            "InvalidSize.ValueNotSupported", "InvalidDiskName.Malformed", "InvalidDataDiskCategory.ValueNotSupported",
            "InvalidParameter.Duration",
        ]
        let book = ErrorBook(rows: codes.map { .init(400, $0, "message") })
        #expect(book.refusal(of: parameter, fault).code == code)
    }

    @Test func messagesOfErrors() {
        let book = ErrorBook(rows: [.init(403, "A", "first kind"), .init(404, "A", "second kind"), .init(409, "B", "")])
        #expect(book.resolve(CloudError("A")).row.status == 403)
        #expect(book.resolve(CloudError("A", about: "second")).row.status == 404)
        #expect(book.resolve(CloudError("A", about: "third")).row.status == 403)
        #expect(book.resolve(CloudError("B")).row.message.isEmpty == false)
        #expect(book.resolve(.missing("X")).row.message.contains("\"X\""))
        #expect(book.resolve(CloudError("C.NotFound")).row.status == 404)
    }
}
