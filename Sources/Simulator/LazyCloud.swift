import Synchronization

/// A simulated cloud that is made when somebody first needs it.
public final class LazyCloud: Sendable {
    private let make: @Sendable () -> Cloud
    private let made = Mutex<Cloud?>(nil)

    public init(_ make: @escaping @Sendable () -> Cloud) {
        self.make = make
    }

    public var cloud: Cloud {
        made.withLock { made in
            if let made { return made }
            let cloud = make()
            made = cloud
            return cloud
        }
    }
}
