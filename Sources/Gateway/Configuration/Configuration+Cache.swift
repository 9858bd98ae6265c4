extension Configuration {
    /// How long answers of the cloud are kept, and how much memory they may take.
    public struct Cache: Sendable, Equatable {
        /// Bytes over all loops; 0 turns the cache off.
        public var memory = 256 << 20
        public var ttl = TTL()
        /// For how long after a write the lists it touched are kept for ``settlingTTL`` only, since the cloud goes on
        /// changing.
        public var settling: Duration = .seconds(30)
        public var settlingTTL: Duration = .seconds(1)

        /// Time to live by the catalogue's classes.
        public struct TTL: Sendable, Equatable {
            /// Regions, zones, types.
            public var `static`: Duration = .seconds(600)
            public var list: Duration = .seconds(10)
            public var detail: Duration = .seconds(5)
            public var volatile: Duration = .seconds(2)
        }
    }
}
