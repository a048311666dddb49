import Foundation
import TestSupport

extension SeededChance {
    /// The seeds of a simulation: `SEED` from the environment alone, else the given ones.
    static func seeds(_ standard: ClosedRange<UInt64>) -> [UInt64] {
        if let text = ProcessInfo.processInfo.environment["SEED"], let seed = UInt64(text) {
            return [seed]
        }
        return Array(standard)
    }
}
