// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "acs-gateway", path: "..")],
    targets: [
        // Counts allocations by standing in for malloc and its kin.
        .target(name: "CAllocations"),
        .executableTarget(
            name: "micro", dependencies: ["CAllocations", .product(name: "GatewayParts", package: "acs-gateway")]),
    ],
    swiftLanguageModes: [.v6]
)
