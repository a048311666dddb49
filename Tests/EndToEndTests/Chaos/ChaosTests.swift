import BrokerTools
import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// Whatever is killed, moved or repeated: every effect once, nothing lost, nothing silent.
    ///
    /// `deploy/chaos` runs this with other seeds and more kills; see its usage.
    struct ChaosTests {
        @Test(.timeLimit(.minutes(60)))
        func `every effect once, whatever breaks`() async throws {
            let environment = ProcessInfo.processInfo.environment
            let seed = environment["CORDON_CHAOS_SEED"].flatMap { UInt64($0) } ?? 1
            let kills = environment["CORDON_CHAOS_KILLS"].flatMap { Int($0) } ?? 12
            let scale = environment["CORDON_CHAOS_SCALE"] ?? "0.02"
            let broker = ChaosBroker()
            let (possible, skipped) = Self.possible(broker, try await Self.probe())
            for (fault, reason) in skipped { print("chaos: skipped: \(fault.rawValue): \(reason)") }
            let plan = ChaosPlan(seed: seed, kills: kills, possible: possible)
            print("chaos: seed \(seed), \(kills) kills, \(plan.steps.count) faults, scale \(scale)")

            let run = try await ChaosRun(plan, scale: scale, broker: broker)
            let report = try await run.run()
            let findings = try await ChaosFindings(run.bench, run.stream.truth)
            Self.tell(report, findings)

            #expect(report.oddities == [])
            #expect(findings.lost == 0 && findings.repeated == 0, "\(findings.words)")
            let differences = findings.countDifferences.count
            #expect(differences == 0, "\(findings.countDifferences.prefix(5))")
            #expect(findings.deadLetters == report.poisoned)
            #expect(findings.residues.isEmpty, "\(findings.residues)")
            // And our own judgement of the same, batch by batch.
            let verified = try await run.bench.cordon(["verify", "--deep"])
            #expect(verified.errors.contains("every flag and count is what its events give"))
        }

        @Test(arguments: ["held-over-poll", "marks-first", "offsets-outside"])
        func `the builds that are broken on purpose can still be made`(name: String) async throws {
            // From the root: elsewhere git passes over what lies outside of the folder.
            let folder = URL(filePath: #filePath).deletingLastPathComponent()
            let root = folder.deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            let patch = folder.appending(path: "Broken/\(name).patch").path
            let check = try Program("git", ["-C", root.path, "apply", "--check", "-v", patch])
            #expect(try await check.exitStatus() == 0, "\(check.errors)")
            #expect(check.errors.contains("Checking patch Services/"))
        }

        /// Tries out what the cluster does, on topics apart.
        private static func probe() async throws -> BrokerProbe {
            let bench = try await Bench(partitions: 1)
            let probe = try BrokerProbe(
                bench.topics.properties,
                topic: bench.topics.name("appstore-events")
            )
            print(
                "chaos: the broker refuses foreign generations: \(probe.refusesForeignGenerations),"
                    + " evicts dead members: \(probe.evictsDeadMembers),"
                    + " ends overdue transactions: \(probe.endsOverdueTransactions)"
            )
            return probe
        }

        private static func possible(
            _ broker: ChaosBroker,
            _ probe: BrokerProbe
        ) -> (Set<ChaosPlan.Fault>, [(ChaosPlan.Fault, String)]) {
            var possible = Set(ChaosPlan.Fault.allCases)
            var skipped: [(ChaosPlan.Fault, String)] = []
            func skip(_ fault: ChaosPlan.Fault, _ reason: String) {
                possible.remove(fault)
                skipped.append((fault, reason))
            }
            if !broker.isOurs {
                for fault in [ChaosPlan.Fault.stallBroker, .cutConnections, .slowWire] {
                    skip(fault, "the broker was not started for this run")
                }
            }
            if !probe.refusesForeignGenerations {
                // A standing instance keeps its batch while its partitions move on; what then stops
                // its commit is the group's generation.
                skip(.zombie, "the broker takes offsets from any generation of the group")
            }
            if !probe.evictsDeadMembers || !probe.endsOverdueTransactions {
                skip(.leave, "the broker keeps members and transactions of the dead for ever")
            }
            let mayRestart = ProcessInfo.processInfo.environment["CORDON_CHAOS_RESTARTS"] == "1"
            if !mayRestart || !broker.isRestartable {
                skip(.restartBroker, "only with --restarts, on a broker of the run's own")
            }
            return (possible, skipped)
        }

        private static func tell(_ report: ChaosRun.Report, _ findings: ChaosFindings) {
            let faults = report.faults.sorted { $0.key.rawValue < $1.key.rawValue }
            for (fault, count) in faults { print("chaos: \(fault.rawValue): \(count)") }
            print(
                "chaos: sent again \(report.repeats), answers \(report.answers.sorted { $0 < $1 }),"
                    + " zombies fenced \(report.fenced)"
            )
            print(
                "| \(report.seed) | \(report.kills) | \(findings.received) | \(findings.flags)"
                    + " | \(findings.lost) | \(findings.repeated)"
                    + " | \(findings.countDifferences.count) | \(findings.deadLetters)"
                    + " of \(report.poisoned) | \(findings.residues.count)"
                    + " | \(Int(report.elapsed / .seconds(1))) s |"
            )
        }
    }
}
