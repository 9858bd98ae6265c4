import Bytes
import CSystem
import Glibc
import Testing

@testable import Signer

@Suite struct SecretTests {
    @Test func erasesWhatItTakesOver() {
        var array = Array("super secret".utf8)
        array.withUnsafeMutableBytes { bytes in
            let secret = SecretBytes(erasing: bytes)
            #expect(secret.withBytes { $0.text } == "super secret")
            #expect(bytes.allSatisfy { $0 == 0 })
        }
        var other = Array("another".utf8)
        #expect(SecretBytes(erasing: &other).withBytes { $0.text } == "another")
        #expect(other.isEmpty)
        var none: [UInt8] = []
        let nothing = SecretBytes(erasing: &none)
        let isEmpty = nothing.isEmpty
        #expect(isEmpty)
    }

    @Test func livesInTheSecureHeap() {
        let secret = SecretBytes(text: "secret")
        #expect(secret.withBytes { csystem_secure_owns($0.baseAddress) } == 1)
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue), &limit)
        if limit.rlim_cur >= 1 << 21 { #expect(SecureHeap.warning == nil) }
    }

    @Test func printsNoSecret() {
        let key = AccessKey("the-id", "hunter2", token: "hunter3")
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), String(describing: Optional(key)), dumped] {
            #expect(text.contains("•••") && text.contains("the-id"))
            #expect(!text.contains("hunter"))
        }
    }

    /// Keys below, at and above the length of a hash block (computed with Python's hmac). RPC methods key with the
    /// secret and `&`, ACS3 with the secret alone.
    @Test(arguments: [
        (
            1, "35337bb42118c8f02f538317c913a4096e71847f",
            "a281b67162f6fd6d5484cab25ddd3a96b3d9116188c1cabe112d07aac8eea0e1",
            "9831a5afefa770d5fe6c985f6c343796ca3d27651d69e24864f1f9948debfacf"
        ),
        (
            62, "ada561e3c05138b6c05232eff4133c4d53d19bd8",
            "cecd655127842ba6cb6ee37730e5862dcf7b2a4d331a8747ec7a248405ef9dc0",
            "a8a24e494dd729f4c5c3365e0bdec50968c7e5d43886e9b67bbfda776b7a939a"
        ),
        (
            63, "8a20e7c7a9915f872dd72f6778f3a46bbee20a6f",
            "6a92f9394b1699268a5e0d0da57de9708c40925622aea4b36b1a1b88b56b2026",
            "e27efa30bcbfbc25b4d936ffd8553392f398eb2edada1dac2423a961af0c305b"
        ),
        (
            64, "2b44d49d293519dd12062732e85ce843300a8812",
            "247a5198eb1e4a43321f76f6cad5ea0b670250187b3a5887d191021fbb90ab36",
            "890f3a16e0ca0aaa3bf180f70fa8e3970b3fd6505e98fde157988dcc19d1685c"
        ),
        (
            65, "fa41f5a3a06f3fdb146e80ccafc079a947099405",
            "f59151278bc83ea03ea29e731b1c17773f90cc8cc26700b25e30b69c0d45862f",
            "0c256505306af48015530c139bb7add5ad7a6a9291cd511278a067e765816fbd"
        ),
        (
            200, "379319c9530d28a371cc9cfd762ef0104022e2bb",
            "122ad515a1dce3997489804f2b1a31ab2148fd5945ea355e02940c8d51833b2f",
            "3badf82b9f5273bc369d6a02e72487c74a31bff445000fec40fe0cee65c08bf2"
        ),
    ])
    func keyedStatesGiveTheHMAC(_ length: Int, _ sha1: String, _ sha256: String, _ acs3: String) {
        let key = AccessKey("id", String(repeating: "k", count: length))
        for (method, expected) in zip(SignatureMethod.allCases, [sha1, sha256, acs3]) {
            var output: [UInt8] = []
            Array("message".utf8).withView { key.authenticationCode(of: $0, method) }.withBytes {
                output.append(hex: $0)
            }
            #expect(String(decoding: output, as: UTF8.self) == expected)
        }
    }

    /// Strings to sign that the documents and the vendor's SDK tests give with their signatures.
    @Test(arguments: [
        ("secret", "GET&%2F&body%3Dtest%26query%3Dtest", "XlUyV4sXjOuX5FnjUz9IF9tm5rU="),
        (
            "testsecret",
            "GET&%2F&AccessKeyId%3DyourAccessKey%2520ID%26Action%3DStartInstance%26Format%3Dxml%26InstanceId%3DtestId"
                + "%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"
                + "%26SignatureVersion%3D1.0%26Version%3D2017-11-10",
            "OQ7z7SJN84j1xBL/1V4BbTmBceQ="
        ),
    ])
    func signsDocumentedStrings(_ secret: String, _ text: String, _ signature: String) {
        var output: [UInt8] = []
        Array(text.utf8).withView { AccessKey("id", secret).authenticationCode(of: $0, .hmacSHA1) }
            .withBytes { output.append(base64: $0) }
        #expect(String(decoding: output, as: UTF8.self) == signature)
    }

    /// Neither the secret nor its first half stands anywhere in the process's memory once the key is made.
    @Test func leavesTheSecretNowhereInMemory() throws {
        // Kept exclusive-ored, so that the search does not find what it searches for.
        let mask: UInt8 = 0x5A
        var masked = [UInt8](repeating: 0, count: 30)
        for index in masked.indices { masked[index] = UInt8.random(in: 97...122) ^ mask }
        func unmask() -> [UInt8] { masked.map { $0 ^ mask } }

        var plain = unmask()
        #expect(try Memory.occurrences(of: masked, mask: mask) > 0, "the search must be able to find it")
        let key = AccessKey(id: Array("id".utf8), secret: SecretBytes(erasing: &plain))
        #expect(try Memory.occurrences(of: masked, mask: mask) == 0)
        #expect(Array("m".utf8).withView { key.authenticationCode(of: $0, .hmacSHA1) }.count == 20)
        #expect(try Memory.occurrences(of: masked, mask: mask) == 0)
    }
}

/// A search through the process's own writable memory.
enum Memory {
    struct Unreadable: Error {}

    /// How often the bytes `pattern ^ mask` stand in writable memory.
    static func occurrences(of pattern: [UInt8], mask: UInt8) throws -> Int {
        guard let maps = fopen("/proc/self/maps", "r") else { throw Unreadable() }
        defer { fclose(maps) }
        let memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC)
        guard memory >= 0 else { throw Unreadable() }
        defer { close(memory) }
        var line = [CChar](repeating: 0, count: 512)
        var ranges: [(UInt64, UInt64)] = []
        while fgets(&line, 512, maps) != nil {
            let fields = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                .split(separator: " ")
            guard fields.count > 1, fields[1].hasPrefix("rw") else { continue }
            let bounds = fields[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
            if bounds.count == 2 { ranges.append((bounds[0], bounds[1])) }
        }
        let size = 1 << 20
        let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
        defer { buffer.deallocate() }
        var found = 0
        for (start, end) in ranges {
            var address = start
            while address < end {
                // Chunks overlap by the pattern's length.
                let count = pread(memory, buffer, min(size, Int(end - address)), off_t(address))
                guard count > pattern.count else { break }
                found += search(buffer, count, pattern, mask)
                // The buffer is part of the memory that is searched.
                csystem_cleanse(buffer, size)
                address += UInt64(count - pattern.count)
                if address + UInt64(pattern.count) >= end { break }
            }
        }
        return found
    }

    private static func search(
        _ buffer: UnsafeMutablePointer<UInt8>, _ count: Int, _ pattern: [UInt8], _ mask: UInt8
    ) -> Int {
        var found = 0
        var from = 0
        while from + pattern.count <= count,
            let hit = memchr(buffer + from, Int32(pattern[0] ^ mask), count - from - pattern.count + 1)
        {
            let offset = UnsafeRawPointer(hit) - UnsafeRawPointer(buffer)
            if pattern.indices.allSatisfy({ buffer[offset + $0] ^ mask == pattern[$0] }) { found += 1 }
            from = offset + 1
        }
        return found
    }
}
