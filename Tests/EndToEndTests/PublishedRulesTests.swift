import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// Rules published while a stream runs: from the file to the flag's digest.
    struct PublishedRulesTests {
        @Test(.timeLimit(.minutes(5)))
        func `a changed directive judges from a batch border on, and the journal shows it`()
            async throws
        {
            let bench = try await Bench()
            let folder = try RulesFolder()
            try folder.write(state: "pending")
            let first = try await publish(folder, bench)
            let service = try await bench.screening(
                settings: ["CORDON_SCREENING_BATCH_RECORDS": "200"]
            ).ready()

            let stream = try await ReferenceStream(scale: "0.01")
            let loading = try Program(
                "cordon-ingest",
                ["load", stream.parts[0]],
                environment: bench.topics.environment
            )
            try await waitUntil("screening to be at work") {
                try await bench.journalEnds(of: "payment-transactions").values
                    .contains { $0.received > 0 }
            }
            try folder.write(state: "in-force")
            let second = try await publish(folder, bench)
            #expect(first != second)
            #expect(try await loading.exitStatus(within: .seconds(120)) == 0)
            let inForce = "cordon_screening_rules_info{digest=\"\(second)\"} 1"
            try await waitUntil("the switch") {
                try await service.get("/metrics").body.contains(inForce)
            }
            for part in stream.parts.dropFirst() { try await bench.load(part) }
            try await bench.waitUntilScreened(within: .seconds(240), by: [service])

            try await checkBorders(bench, from: first, to: second)
            let metrics = try await service.get("/metrics").body
            #expect(metrics.contains(inForce))
            #expect(metrics.contains("cordon_screening_rules_info{digest=\"\(first)\"} 0"))
            #expect(metrics.contains("cordon_screening_rules_refused_total 0"))
            #expect(try await service.stop() == 0)
        }

        @Test(.timeLimit(.minutes(3)))
        func `what cannot be used is refused, and the last good set stays`() async throws {
            let bench = try await Bench()
            let folder = try RulesFolder()
            try folder.write(state: "in-force")
            let digest = try await publish(folder, bench)
            let before = try await bench.topics.records(of: "ban-rules").count
            #expect(before == 2)

            // Refused by the tool: nothing is written.
            try folder.write(state: "forbidden")
            let refusal = try await attempt(folder, bench)
            #expect(refusal.status == 1)
            #expect(refusal.output.contains("rules.yaml:21:12: unknown state `forbidden`"))
            try folder.write(state: "in-force", expecting: "review")
            let failure = try await attempt(folder, bench)
            #expect(failure.status == 1)
            #expect(failure.output.contains("a card payment: expected"))
            #expect(try await bench.topics.records(of: "ban-rules").count == before)

            // Written past the tool: refused by whoever reads it.
            let service = try await bench.screening().ready()
            try await bench.topics.produce(
                #"{"digest":"sha256:00","directives":[{"id":"card-act","digest":"sha256:00"}]}"#,
                key: "set",
                to: "ban-rules"
            )
            try await bench.topics.produce("{", key: "set", to: "ban-rules")
            try await waitUntil("the service to refuse both") {
                try await service.get("/metrics").body
                    .contains("cordon_screening_rules_refused_total 2")
            }
            #expect(service.program.errors.contains("published rules refused"))
            try await bench.topics.produce(
                SampleEvents.payment(id: "card", method: "card"),
                key: "card",
                to: "payment-transactions"
            )
            try await bench.waitUntilScreened(by: [service])
            let flags = try await bench.topics.records(of: "flagged-transactions")
            #expect(flags.map { $0.member("data.ruleSetDigest") } == [digest])
            #expect(flags.first?.member("data.disposition") == "prohibited")
            #expect(flags.first?.member("data.directive.id") == "card-act")

            let shown = try await bench.cordon(["rules", "show", "card-act", "--format", "json"])
            #expect(shown.output.contains(flags.first?.member("data.directive.digest") ?? "none"))
            #expect(shown.errors.contains("published at offset 1"))
            let drawn = try await bench.cordon(["rules", "timeline"])
            #expect(drawn.output.contains("█ in-force      prohibited"))
            #expect(try await service.stop() == 0)

            let door = try await bench.ingest().ready()
            try await waitUntil("the door to know the published set") {
                try await door.get("/v1/rules").body.contains(digest)
            }
            #expect(try await door.stop() == 0)
        }

        // MARK: - Steps

        private func publish(_ folder: RulesFolder, _ bench: Bench) async throws -> String {
            let program = try await bench.cordon([
                "rules", "publish", folder.path, "--author", "A. Officer",
            ])
            let line = program.output.split(separator: "\n").last { $0.hasPrefix("published ") }
            return try #require(line.map { String($0.dropFirst("published ".count)) })
        }

        private func attempt(_ folder: RulesFolder, _ bench: Bench) async throws
            -> (status: Int32, output: String)
        {
            let program = try Program(
                "cordon",
                ["rules", "publish", folder.path],
                environment: bench.topics.environment
            )
            return (try await program.exitStatus(), program.output)
        }

        /// Every flag was judged by the set that the journal names for the record's batch; in each
        /// partition the old set comes before the new one, and either is met.
        private func checkBorders(_ bench: Bench, from first: String, to second: String)
            async throws
        {
            var batches: [Int: [(next: Int64, digest: String)]] = [:]
            for record in try await bench.topics.records(of: "payment-journal") {
                batches[record.partition, default: []].append(
                    (JournalEnd(record).next, record.member("ruleSet") ?? "")
                )
            }
            var borders = 0
            for journal in batches.values {
                let digests = journal.map(\.digest)
                #expect(Set(digests).isSubset(of: [first, second]))
                let border = digests.firstIndex(of: second) ?? digests.endIndex
                #expect(!digests[border...].contains(first), "the old set came back")
                if border > 0, border < digests.endIndex { borders += 1 }
            }
            #expect(borders > 0, "no partition was judged by both sets")

            var seen: Set<String> = []
            for flag in try await bench.topics.records(of: "flagged-transactions") {
                let partition = flag.member("data.record.partition").flatMap { Int($0) } ?? -1
                let offset = flag.member("data.record.offset").flatMap { Int64($0) } ?? -1
                let batch = batches[partition]?.first { offset < $0.next }
                let digest = try #require(flag.member("data.ruleSetDigest"))
                #expect(digest == batch?.digest)
                #expect(flag.member("data.state") == (digest == first ? "pending" : "in-force"))
                #expect(
                    flag.member("data.reason") == "country-unknown"
                        || flag.member("data.disposition")
                            == (digest == first ? "review" : "prohibited")
                )
                seen.insert(digest)
            }
            #expect(seen == [first, second])
        }
    }

    /// A folder with one directive, against card payments anywhere in the stream.
    final class RulesFolder {
        let url = FileManager.default.temporaryDirectory.appending(path: "cordon-rules-\(UUID())")
        var path: String { url.path }

        init() throws {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(at: url) }

        func write(state: String, expecting disposition: String? = nil) throws {
            let expected = disposition ?? (state == "in-force" ? "prohibited" : "review")
            let text = """
                id: card-act
                title: Card Act
                citation: Card Act, 1 CA 1
                authority:
                  name: Card Office
                  zone: America/New_York
                jurisdiction:
                  name: United States
                  countries: [US]
                targets:
                  - id: card
                    title: Card payments
                    paymentMethods: [card]
                prohibitions:
                  - id: payments
                    title: Payments by card
                    acts: [payment]
                    targets: all
                lifecycle:
                  # A comment keeps the line below in its place.
                  - state: \(state)
                    from: 2019-01-01
                    citation: Card Act, s. 1
                tests:
                  - name: a card payment
                    event:
                      {type: cordon.payment.transaction, time: 2021-01-01T00:00:00Z,
                       paymentMethod: card, payerCountry: US}
                    expect: [{prohibition: payments, target: card, disposition: \(expected)}]

                """
            try Data(text.utf8).write(to: url.appending(path: "rules.yaml"))
        }
    }
}
