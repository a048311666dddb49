import Testing

@testable import BanRules

struct RuleIndexTests {
    /// Looking up costs the same however many aliases there are, counted in probes of the table.
    @Test func `a hundred thousand aliases cost what a hundred cost`() throws {
        let few = RuleIndex(RuleSet(directives: [directive(targets: 10, aliases: 10)]))
        let many = RuleIndex(RuleSet(directives: [directive(targets: 1_000, aliases: 100)]))
        #expect(few.aliases.count == 100)
        #expect(many.aliases.count == 100_000)
        for index in [few, many] {
            let hits = probes(in: index, prefix: "Alias", expectedHits: 100)
            let misses = probes(in: index, prefix: "Other", expectedHits: 0)
            // At most half of the slots are taken: 1.5 probes for a hit, 2.5 for a miss at worst.
            #expect(hits <= 200, "\(hits) probes for 100 hits")
            #expect(misses <= 300, "\(misses) probes for 100 misses")
        }
    }

    /// The same for names that only resemble: the forms of a text are looked up, not the aliases.
    @Test func `a hundred thousand aliases are resembled at the cost of a hundred`() throws {
        let few = RuleIndex(RuleSet(directives: [words(100)]))
        let many = RuleIndex(RuleSet(directives: [words(100_000)]))
        #expect(many.aliases.count == 100_000)
        for index in [few, many] {
            var probes = 0
            var candidates = 0
            for number in 0..<100 {
                let skeleton = Array("unrelatedname\(number)".utf8)
                index.slips.forEachCandidate(skeleton, probes: &probes) { _ in candidates += 1 }
            }
            // Sixteen forms of a text at most; half of the slots are free.
            #expect(probes <= 100 * 16 * 4, "\(probes) probes for 100 texts")
            #expect(candidates <= 10)
        }
        let directive = words(1_000)
        let index = RuleIndex(RuleSet(directives: [directive]))
        for target in directive.targets {
            for name in target.names {
                let skeleton = Array(name.utf8.dropLast())
                var probes = 0
                var found: Set<[UInt8]> = []
                index.slips.forEachCandidate(skeleton, probes: &probes) {
                    found.insert(index.aliases[$0].words)
                }
                #expect(found.contains(Array(name.utf8)))
            }
        }
    }

    /// Names as different as words are, ten a target.
    private func words(_ count: Int) -> Directive {
        var state: UInt64 = 42
        func word() -> String {
            String(
                (0..<12).map { _ in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return Character(UnicodeScalar(UInt8(ascii: "a") + UInt8(state >> 33 % 26)))
                }
            )
        }
        return directive(
            (0..<count / 10).map { number in
                Target(
                    id: "target-\(number)",
                    title: "Target",
                    identifiers: .init(names: (0..<10).map { _ in word() })
                )
            }
        )
    }

    @Test func `every one of many aliases finds its own target`() {
        let directive = directive(targets: 200, aliases: 50)
        let index = RuleIndex(RuleSet(directives: [directive]))
        for (number, target) in directive.targets.enumerated() {
            for name in target.names {
                #expect(find(name, .name, in: index) == [number])
            }
        }
    }

    @Test func `the same text of another kind is another key`() {
        let target = Target(
            id: "t",
            title: "T",
            identifiers: .init(names: ["pay"], paymentMethods: ["pay"])
        )
        let index = RuleIndex(RuleSet(directives: [directive([target])]))
        #expect(find("pay", .name, in: index) == [0])
        #expect(find("pay", .paymentMethod, in: index) == [0])
        #expect(find("pay", .appID, in: index) == [])
        #expect(find("pay", .entity, in: index) == [])
    }

    @Test func `equal hashes are not enough`() {
        // A table that is asked with the hash of its key, but for other bytes.
        let table = KeyTable([(.init(kind: .name, bytes: Array("alias".utf8)), [7])])
        var probes = 0
        let hash = KeyHash.folded(Array("alias".utf8))
        #expect(table.find(hash, .name, probes: &probes) { _ in false }.isEmpty)
        #expect(
            table.find(hash, .name, probes: &probes) { $0.elementsEqual("alias".utf8) } == 0..<1
        )
    }

    private func find(_ name: String, _ kind: KeyKind, in index: RuleIndex) -> [Int] {
        var probes = 0
        return find(name, kind, in: index, probes: &probes)
    }

    private func find(
        _ name: String,
        _ kind: KeyKind,
        in index: RuleIndex,
        probes: inout Int
    ) -> [Int] {
        let bytes = kind.fold(name)
        return index.table
            .find(KeyHash.of(bytes, kind), kind, probes: &probes) { $0.elementsEqual(bytes) }
            .map { index.table.value($0) }
    }

    private func probes(in index: RuleIndex, prefix: String, expectedHits: Int) -> Int {
        var probes = 0
        var hits = 0
        for number in 0..<100 {
            let name = "\(prefix) \(number % 10) of \(number / 10)"
            hits += find(name, .name, in: index, probes: &probes).count
        }
        #expect(hits == expectedHits)
        return probes
    }

    private func directive(targets: Int, aliases: Int) -> Directive {
        directive(
            (0..<targets).map { target in
                Target(
                    id: "target-\(target)",
                    title: "Target",
                    identifiers: .init(names: (0..<aliases).map { "Alias \($0) of \(target)" })
                )
            }
        )
    }

    private func directive(_ targets: [Target]) -> Directive {
        Directive(
            header: .init(
                id: "many",
                title: "Many",
                citation: "c",
                link: nil,
                authority: Authority(name: "a", timeZone: "UTC"),
                jurisdiction: Jurisdiction(name: "j", countries: [])
            ),
            body: .init(targets: targets, prohibitions: [], lifecycle: Lifecycle(intervals: [])),
            tests: [],
            file: "many.yaml"
        )
    }
}
