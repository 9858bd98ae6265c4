import Bytes
import CSystem

/// A freshly made API token: `acsgw_` and 32 random bytes in base64url. It is shown once; only its hash is kept.
public struct Token: ~Copyable {
    /// By the prefix secret scanners, and people, recognise one.
    public static let prefix: StaticString = "acsgw_"

    /// Memory of this token alone, so that it can be erased.
    private let characters: UnsafeMutableBufferPointer<UInt8>

    /// Draws a token from the kernel's random source.
    public init() {
        var text: [UInt8] = []
        // Enough for all of it: growing would leave copies behind.
        text.reserveCapacity(64)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { random in
            SystemRandom.fill(UnsafeMutableRawBufferPointer(random))
            text.append(Self.prefix)
            text.append(base64: ByteView(random), .url)
            csystem_cleanse(random.baseAddress, random.count)
        }
        characters = .allocate(capacity: text.count)
        _ = characters.initialize(from: text)
        text.withUnsafeMutableBytes { csystem_cleanse($0.baseAddress, $0.count) }
    }

    deinit {
        csystem_cleanse(characters.baseAddress, characters.count)
        characters.deallocate()
    }

    /// Calls `body` with the token's characters, valid during the call only.
    public borrowing func withBytes<Result>(_ body: (ByteView) -> Result) -> Result { body(ByteView(characters)) }

    /// What is stored of the token.
    public var hash: TokenHash { TokenHash(of: ByteView(characters)) }
}
