import CoreMetrics
import Foundation

/// The figures every Prometheus target has: the version, memory, processor time, open files.
enum ProcessMetrics {
    static func add(to registry: PrometheusRegistry, service: String) {
        registry.describe("cordon_build_info", "Always 1; the labels say what is running.")
        registry.meter(
            "cordon_build_info",
            [("service", service), ("version", cordonVersion)]
        ).set(Int64(1))
        registry.describe("process_start_time_seconds", "When the process began, Unix time.")
        registry.meter("process_start_time_seconds").set(Date().timeIntervalSince1970)
        registry.describe("process_resident_memory_bytes", "Memory held, in bytes.")
        registry.describe("process_cpu_seconds_total", "Processor time used, in seconds.")
        registry.describe("process_open_fds", "Open file descriptors.")
        let memory = registry.meter("process_resident_memory_bytes")
        let files = registry.meter("process_open_fds")
        let processor = ProcessorTime(registry)
        registry.onScrape {
            if let bytes = residentBytes() { memory.set(Int64(bytes)) }
            if let count = openFileCount() { files.set(Int64(count)) }
            processor.update()
        }
    }

    private static func residentBytes() -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        else { return nil }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    private static func openFileCount() -> Int? {
        try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }
}

/// Keeps the processor-time counter at what the system says.
private struct ProcessorTime: Sendable {
    #if canImport(Glibc)
        private static let ownProcess = RUSAGE_SELF.rawValue
    #else
        private static let ownProcess = RUSAGE_SELF
    #endif
    private let counter: any FloatingPointCounterHandler

    init(_ registry: PrometheusRegistry) {
        counter = registry.makeFloatingPointCounter(
            label: "process_cpu_seconds_total",
            dimensions: []
        )
    }

    func update() {
        var usage = rusage()
        guard unsafe getrusage(Self.ownProcess, &usage) == 0 else { return }
        counter.reset()
        counter.increment(by: seconds(usage.ru_utime) + seconds(usage.ru_stime))
    }

    private func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}
