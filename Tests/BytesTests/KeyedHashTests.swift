import Testing

@testable import Bytes

@Suite struct KeyedHashTests {
    /// Vectors of the algorithm's reference implementation: key 00…0f, texts 00, 00 01, ….
    @Test(arguments: [
        (0, "a3817f04ba25a8e66df67214c7550293"), (1, "da87c1d86b99af44347659119b22fc45"),
        (15, "5493e99933b0a8117e08ec0f97cfc3d9"),
    ])
    func vectors(_ length: Int, _ expected: String) {
        let key = KeyedHash.Key(0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)
        let hash = (0..<length).map { UInt8($0) }.withView { KeyedHash(of: $0, key: key) }
        var text: [UInt8] = []
        for word in [hash.low, hash.high] { text.append(hex: word.byteSwapped) }
        #expect(String(decoding: text, as: UTF8.self) == expected)
    }

    @Test func boundsBetweenTextsCount() {
        let key = KeyedHash.Key.random
        func hash(_ texts: [String]) -> KeyedHash {
            var hasher = KeyedHash.Hasher(key)
            for text in texts { Array(text.utf8).withView { hasher.add($0) } }
            return hasher.finish()
        }
        let long = String(repeating: "a", count: 256)
        let hashes = [["ab", ""], ["a", "b"], ["", "ab"], ["ab"], [long, ""], ["", long], [long]].map(hash)
        #expect(Set(hashes).count == hashes.count)
        #expect(hash(["ab", ""]) == hashes[0])
    }
}
