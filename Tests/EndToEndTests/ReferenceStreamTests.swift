import TestSupport
import Testing

extension EndToEnd {
    /// The reference stream through the real programs must give exactly what its truth file says.
    struct ReferenceStreamTests {
        /// What happens to screening while the stream runs.
        enum Course: CaseIterable {
            case undisturbed, twoJoinedByAThird, stopped, killed
        }

        @Test(.timeLimit(.minutes(10)), arguments: Course.allCases)
        func `counts, flags and repeats are the truth to the unit`(course: Course) async throws {
            let stream = try await ReferenceStream(scale: "0.01")
            let bench = try await Bench()
            var services = [try start(bench, "a")]
            if course == .twoJoinedByAThird { services.append(try start(bench, "b")) }
            try await bench.load(stream.parts[0])
            try await bench.waitUntilScreened(by: services)

            let before = try await received(bench)
            let loading = try Program(
                "cordon-ingest",
                ["load", stream.parts[1]],
                environment: bench.topics.environment
            )
            try await waitUntil("screening to be at work on the second part") {
                try await received(bench) > before
            }
            try await disturb(&services, bench, course)
            #expect(try await loading.exitStatus(within: .seconds(120)) == 0)
            try await bench.load(stream.parts[2])
            try await bench.waitUntilScreened(within: .seconds(240), by: services)

            try await check(bench, against: stream.truth)
            for service in services { #expect(try await service.stop() == 0) }
        }

        private func start(
            _ bench: Bench,
            _ instance: String,
            workers: Int = 1
        ) throws -> RunningService {
            // Small transactions, so that there is always one to disturb.
            let settings = [
                "CORDON_SCREENING_BATCH_RECORDS": "500", "CORDON_SCREENING_WORKERS": "\(workers)",
            ]
            return try bench.screening(instance, settings: settings)
        }

        private func disturb(
            _ services: inout [RunningService],
            _ bench: Bench,
            _ course: Course
        ) async throws {
            switch course {
            case .undisturbed: break
            case .twoJoinedByAThird:
                services.append(try start(bench, "c", workers: 2))
            case .stopped:
                #expect(try await services[0].stop() == 0)
                services = [try start(bench, "a")]
            case .killed:
                services[0].program.kill()
                #expect(try await services[0].program.exitStatus() == -9)
                services = [try start(bench, "a")]
            }
        }

        private func received(_ bench: Bench) async throws -> Int64 {
            try await bench.journalEnds(of: "appstore-events").values.reduce(0) { $0 + $1.received }
        }

        // MARK: - The truth

        private func check(_ bench: Bench, against truth: StreamTruth) async throws {
            try await checkConservation(bench, truth)
            #expect(try await bench.topics.records(of: "dead-letters").isEmpty)
            let counts = try await bench.topics.records(of: "download-counts").latestCounts
            #expect(counts.grouped == truth.units)
            #expect(!truth.units.isEmpty && truth.flagTotal > 0)
            let flags = try await bench.topics.records(of: "flagged-transactions")
            #expect(Set(flags.map(\.key)).count == flags.count)
            let byDirective = Dictionary(grouping: flags) { $0.member("data.directive.id") }
            #expect(byDirective["us-eo-13971"]?.count == truth.flagTotal)
            // The truth is about the one order; the stream meets other law as well.
            #expect(Set(byDirective.keys) == ["in-it-act-69a", "us-eo-13943", "us-eo-13971"])
            try await checkReports(bench, truth)
        }

        private func checkConservation(_ bench: Bench, _ truth: StreamTruth) async throws {
            for topic in truth.byTopic {
                let ends = try await bench.journalEnds(of: topic.topic).values
                #expect(ends.allSatisfy { $0.isConserved && $0.expired == 0 })
                #expect(ends.reduce(0) { $0 + $1.received } == topic.records)
                #expect(ends.reduce(0) { $0 + $1.duplicate } == topic.duplicates)
                #expect(topic.duplicates > 0)
            }
        }

        private func checkReports(_ bench: Bench, _ truth: StreamTruth) async throws {
            let downloads = try await bench.cordon([
                "report", "downloads", "--year", "2020", "--country", "US", "--format", "csv",
            ])
            var byApp: [String: Int64] = [:]
            for line in downloads.output.split(separator: "\n").dropFirst() {
                let cells = line.split(separator: ",", omittingEmptySubsequences: false)
                byApp[String(cells[0])] = cells.last.flatMap { Int64($0) }
            }
            let expected = truth.downloads.filter {
                $0.year == 2020 && $0.country == "US" && $0.acquisition == "first-time"
            }
            #expect(byApp.values.reduce(0, +) == expected.reduce(0) { $0 + $1.units })
            for press in truth.press { #expect(byApp[press.app] == press.units) }

            let flags = try await bench.cordon([
                "report", "flags", "--directive", "us-eo-13971", "--by",
                "target,act,state,disposition", "--format", "csv",
            ])
            let lines = flags.output.split(separator: "\n").dropFirst().map {
                $0.split(separator: ",", omittingEmptySubsequences: false).prefix(5)
                    .joined(separator: ",")
            }
            #expect(Set(lines) == truth.flagLines)
        }
    }
}
