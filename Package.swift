// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "acs-gateway",
    products: [
        .executable(name: "gateway", targets: ["GatewayCommand"]),
        // The parts, for those who measure them or build on them.
        .library(name: "GatewayParts", targets: ["Bytes", "HTTP", "Signer", "Routes", "Auth", "Cache", "Simulator"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        // Foundations
        .target(name: "Bytes"),
        .target(
            name: "CSystem",
            linkerSettings: [
                .linkedLibrary("microhttpd"), .linkedLibrary("curl"), .linkedLibrary("ssl"), .linkedLibrary("crypto"),
            ]
        ),
        .target(name: "CCatalogue", exclude: ["data"]),

        // Independent parts: none knows another
        .target(name: "HTTP", dependencies: ["CSystem", "Bytes"]),
        .target(name: "Signer", dependencies: ["CSystem", "Bytes"]),
        .target(name: "Routes", dependencies: ["CCatalogue", "Bytes"]),
        .target(name: "Auth", dependencies: ["CSystem", "Bytes"]),
        .target(name: "Cache", dependencies: ["Bytes"]),

        // The simulated cloud and the product
        .target(name: "Simulator", dependencies: ["Routes", "Signer", "HTTP", "Bytes"]),
        .target(
            name: "Gateway",
            dependencies: [
                "Simulator", "Routes", "Signer", "Auth", "Cache", "HTTP", "Bytes",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .executableTarget(name: "GatewayCommand", dependencies: ["Gateway"]),

        .testTarget(name: "BytesTests", dependencies: ["Bytes"]),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP"]),
        .testTarget(name: "SignerTests", dependencies: ["Signer"]),
        .testTarget(name: "RoutesTests", dependencies: ["Routes"], exclude: ["Reference/facts", "Reference/differences"]),
        .testTarget(name: "AuthTests", dependencies: ["Auth", "TestKeys"]),
        .testTarget(name: "CacheTests", dependencies: ["Cache"]),
        .testTarget(name: "SimulatorTests", dependencies: ["Simulator"]),
        .testTarget(name: "GatewayTests", dependencies: ["Gateway", "TestKeys"]),

        // Key pairs for tests of tokens
        .target(name: "CTestKeys", path: "Tests/CTestKeys", linkerSettings: [.linkedLibrary("crypto")]),
        .target(name: "TestKeys", dependencies: ["CTestKeys", "Bytes"], path: "Tests/TestKeys"),
    ],
    swiftLanguageModes: [.v6]
)

// Within a module the optimiser sees everything; this lets it see the parts that call each other for every request, too, so
// that generic code is specialised and small functions are inlined across modules. Exclusive access is checked by the
// debug builds that run the tests.
for target in package.targets where target.type != .test {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .unsafeFlags(["-cross-module-optimization", "-enforce-exclusivity=unchecked"], .when(configuration: .release))
        ]
}
