// swift-tools-version: 6.2

import PackageDescription

// One settings array for every target of our own, so that no target can fall behind.
let strict: [SwiftSetting] = [
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
    .enableUpcomingFeature("ExistentialAny"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
    .enableUpcomingFeature("InternalImportsByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
    .enableUpcomingFeature("MemberImportVisibility"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]
// Everything but the C edge: there every line touches a pointer, and the mark would say nothing.
let safe = strict + [.strictMemorySafety()]

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let configuration = Target.Dependency.product(
    name: "Configuration",
    package: "swift-configuration"
)
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(
    name: "HummingbirdTesting",
    package: "hummingbird"
)
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle",
    package: "swift-service-lifecycle"
)
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let unixSignals = Target.Dependency.product(
    name: "UnixSignals",
    package: "swift-service-lifecycle"
)
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")

let package = Package(
    name: "cordon",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "cordon-ingest", targets: ["Ingest"]),
        .executable(name: "cordon-screening", targets: ["Screening"]),
        .executable(name: "cordon", targets: ["Operator"]),
        // For tests alone: preloaded into a program, it lets its wall clock jump.
        .library(name: "ClockJump", type: .dynamic, targets: ["ClockJump"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        // Without its traits: they ask for another allocator.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle",
            from: "2.13.0"
        ),
    ],
    targets: [
        // Leaves first: a target may only use what stands above it.
        .systemLibrary(
            name: "CRDKafka",
            path: "Shared/CRDKafka",
            pkgConfig: "rdkafka",
            providers: [.apt(["librdkafka-dev"]), .brew(["librdkafka"])]
        ),
        // Headers alone, so they are system libraries to SwiftPM.
        .systemLibrary(name: "CPrefetch", path: "Shared/CPrefetch"),
        .systemLibrary(name: "CTextMarks", path: "Shared/CTextMarks"),
        .target(
            name: "Kafka",
            dependencies: ["CPrefetch", "CRDKafka", logging],
            path: "Shared/Kafka",
            exclude: ["README.md"],
            swiftSettings: strict
        ),
        .target(
            name: "Events",
            dependencies: ["CTextMarks"],
            path: "Shared/Events",
            swiftSettings: safe
        ),
        .target(
            name: "BanRules",
            dependencies: ["Events", crypto, .product(name: "Yams", package: "Yams")],
            path: "Shared/BanRules",
            exclude: ["README.md"],
            resources: [
                .embedInCode("Directives/in-it-act-69a.yaml"),
                .embedInCode("Directives/us-eo-13942.yaml"),
                .embedInCode("Directives/us-eo-13943.yaml"),
                .embedInCode("Directives/us-eo-13971.yaml"),
                .embedInCode("Directives/us-pafaca.yaml"),
                .embedInCode("Directives/scenario/us-eo-13971-as-reported.yaml"),
            ],
            swiftSettings: safe
        ),
        .target(
            name: "ServiceKit",
            dependencies: [
                argumentParser, configuration, coreMetrics, hummingbird, lifecycle, logging,
                unixSignals,
            ],
            path: "Shared/ServiceKit",
            swiftSettings: safe
        ),
        .target(
            name: "Pipeline",
            dependencies: ["BanRules", "CPrefetch", "Events", crypto],
            path: "Shared/Pipeline",
            swiftSettings: safe
        ),
        .target(
            name: "RuleFeed",
            dependencies: ["BanRules", "Events", "Kafka", logging],
            path: "Shared/RuleFeed",
            swiftSettings: safe
        ),
        .executableTarget(
            name: "Ingest",
            dependencies: [
                "BanRules", "Events", "Kafka", "RuleFeed", "ServiceKit", argumentParser,
                coreMetrics, hummingbird, lifecycle, logging,
            ],
            path: "Services/Ingest",
            exclude: ["README.md"],
            swiftSettings: safe
        ),
        .executableTarget(
            name: "Screening",
            dependencies: [
                "BanRules", "Events", "Kafka", "Pipeline", "RuleFeed", "ServiceKit",
                argumentParser, coreMetrics, hummingbird, lifecycle, logging,
            ],
            path: "Services/Screening",
            exclude: ["README.md"],
            swiftSettings: safe
        ),
        .executableTarget(
            name: "Operator",
            dependencies: [
                "BanRules", "Events", "Kafka", "Pipeline", "RuleFeed", "ServiceKit",
                argumentParser, logging,
            ],
            path: "Services/Operator",
            exclude: ["README.md"],
            swiftSettings: safe
        ),

        // What several test targets share.
        .target(name: "ClockJump", path: "Tests/ClockJump"),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: safe),
        // What Kafka's own tools do, and what a broker can do.
        .target(
            name: "BrokerTools",
            dependencies: ["CRDKafka"],
            path: "Tests/BrokerTools",
            swiftSettings: strict
        ),
        .testTarget(name: "EventsTests", dependencies: ["Events"], swiftSettings: safe),
        .testTarget(
            name: "KafkaTests",
            dependencies: ["Kafka", "CRDKafka", logging],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BanRulesTests",
            dependencies: ["BanRules", "Events"],
            exclude: ["Accuracy/labelled-events.ndjson"],
            swiftSettings: safe
        ),
        .testTarget(
            name: "ServiceKitTests",
            dependencies: ["ServiceKit", argumentParser, coreMetrics, hummingbirdTesting, logging],
            swiftSettings: safe
        ),
        .testTarget(
            name: "IngestTests",
            dependencies: ["Ingest", "Events", "Kafka", "ServiceKit", hummingbirdTesting],
            swiftSettings: safe
        ),
        .testTarget(
            name: "PipelineTests",
            dependencies: ["TestSupport", "Pipeline", "BanRules", "Events"],
            swiftSettings: safe
        ),
        .testTarget(
            name: "ScreeningTests",
            dependencies: ["Screening", "Events", "Kafka", "Pipeline"],
            swiftSettings: safe
        ),
        .testTarget(
            name: "OperatorTests",
            dependencies: [
                "Operator", "BanRules", "Events", "RuleFeed", "ServiceKit", argumentParser,
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "FuzzTests",
            dependencies: ["TestSupport", "Pipeline", "BanRules", "Events", "Ingest"],
            exclude: ["Corpus"],
            swiftSettings: safe
        ),
        .testTarget(name: "HouseStyleTests", swiftSettings: safe),

        // What deploy/bench measures with; see Tests/Benchmarks/README.md.
        .target(
            name: "BenchmarkKit",
            dependencies: ["TestSupport", "Pipeline", "BanRules", "Events"],
            path: "Tests/Benchmarks/Kit",
            swiftSettings: safe
        ),
        .executableTarget(
            name: "PurePath",
            dependencies: [
                "BenchmarkKit", "BanRules", .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Tests/Benchmarks/PurePath",
            swiftSettings: safe,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
        .executableTarget(
            name: "Counted",
            dependencies: ["BenchmarkKit", "BanRules"],
            path: "Tests/Benchmarks/Counted",
            swiftSettings: safe
        ),
        .executableTarget(
            name: "Bench",
            dependencies: [
                "BenchmarkKit", "TestSupport", "Kafka", "BanRules", "Events", argumentParser,
                logging,
            ],
            path: "Tests/Benchmarks/Bench",
            // Sockets and processes: every line would be marked unsafe.
            swiftSettings: strict
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "TestSupport", "BrokerTools", "Ingest", "Operator", "Screening", "Events",
            ],
            swiftSettings: safe
        ),
    ]
)
