import Bytes
import Testing

@testable import Auth

struct NetworkAddressTests {
    @Test(
        "addresses are written in their canonical form",
        arguments: [
            ("10.0.0.1", "10.0.0.1"), ("255.255.255.255", "255.255.255.255"), ("0.0.0.0", "0.0.0.0"),
            ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
            ("2001:db8:0:1:0:0:0:1", "2001:db8:0:1::1"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
            ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"),
            ("::ffff:1.2.3.4", "1.2.3.4"), ("64:ff9b::1.2.3.4", "64:ff9b::102:304"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
        ])
    func canonical(_ text: String, _ expected: String) throws {
        var output: [UInt8] = []
        try #require(address(text)).append(to: &output)
        #expect(String(decoding: output, as: UTF8.self) == expected)
    }

    @Test(
        "what is no address",
        arguments: [
            "", "1", "1.2.3", "1.2.3.", ".1.2.3", "1.2.3.4.", "1.2.3.4 ", "01.2.3.4", "1.2.3.256", "1.2.3.-4", "a.b.c.d",
            ":", ":::", "1:", ":1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:", "1::2::3", "12345::", "g::", "::1%0", "[::1]",
            "1:2:3:4:5:6:7::8", "::1.2.3", "1.2.3.4::", "::ffff:1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4",
        ])
    func refused(_ text: String) {
        #expect(address(text) == nil)
    }

    @Test("octets in network order")
    func octets() {
        #expect([10, 0, 0, 1].withView { NetworkAddress(octets: $0) } == address("10.0.0.1"))
        #expect((Array(repeating: 0, count: 15) + [1]).withView { NetworkAddress(octets: $0) } == address("::1"))
        let mapped: [UInt8] = Array(repeating: 0, count: 10) + [255, 255, 1, 2, 3, 4]
        #expect(mapped.withView { NetworkAddress(octets: $0) } == address("1.2.3.4"))
        #expect([1, 2, 3].withView { NetworkAddress(octets: $0) } == nil)
    }

    private func address(_ text: String) -> NetworkAddress? { Array(text.utf8).withView { NetworkAddress($0) } }
}
