import Foundation

/// What a process has used so far, as Linux tells it.
public struct ProcessUsage: Sendable {
    /// Processor time of all threads, in seconds.
    public var processor = 0.0
    /// The largest resident memory it ever had, in bytes.
    public var peakMemory = 0

    /// Nothing yet.
    public init() {}

    /// Nil once the process is gone.
    public init?(of process: Int32) {
        guard
            let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let parenthesis = stat.lastIndex(of: ")")
        else { return nil }
        let fields = stat[parenthesis...].split(separator: " ")
        // Behind the name in parentheses: state is field 3 of proc(5), utime 14 and stime 15.
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13])
        else { return nil }
        processor = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let kilobytes = peak?.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        peakMemory = kilobytes * 1_024
    }
}
