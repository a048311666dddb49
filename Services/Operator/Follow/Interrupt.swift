import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Ctrl-C and SIGTERM as a flag, for a loop that ends cleanly.
enum Interrupt {
    private static let requested = Atomic<Bool>(false)

    /// Whether the loop is to end.
    static var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// From now on the first signal sets the flag; the second one ends the process.
    static func trap() {
        // A signal handler may not initialise a global: this touches it beforehand.
        requested.store(false, ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            _ = signal(number) { number in
                Interrupt.requested.store(true, ordering: .relaxed)
                _ = signal(number, SIG_DFL)
            }
        }
    }
}
